package io.github.keycloakgigya.api.client;

import static io.github.keycloakgigya.api.FailureKind.MISCONFIGURED;
import static io.github.keycloakgigya.api.FailureKind.UNAVAILABLE;
import static io.github.keycloakgigya.api.client.GigyaCall.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.WebhookApi;
import io.github.keycloakgigya.api.WebhookApi.Webhook;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WebhookCallsTest extends AtLocalServer {

    private static final URI URL = URI.create("https://sso.example.com/realms/shop/gigya/1/webhook");

    private final WebhookApi webhooks = clients.of(server.site()).webhooks();

    @Test
    void a_webhook_is_set_with_its_events_and_without_a_secret_to_sign_with() throws GigyaException {
        server.does(Behaviour.json("{\"callId\":\"c1\",\"errorCode\":0}"));

        webhooks.set(Webhook.active("Keycloak", URL, Set.of("accountUpdated", "accountDeleted")));

        assertThat(server.onlyRequest().line()).isEqualTo("POST /accounts.webhooks.set HTTP/1.1");
        assertThat(server.onlyRequest().form())
                .containsEntry("name", "Keycloak")
                .containsEntry("url", URL.toString())
                .containsEntry("events", "[\"accountDeleted\",\"accountUpdated\"]")
                .containsEntry("active", "true")
                .containsEntry("version", "3.0")
                .doesNotContainKeys("signingUserKey", "include", "headers");
    }

    @Test
    void webhooks_are_listed_without_what_is_nobodys_business() throws GigyaException {
        server.does(Behaviour.json("""
                {"errorCode":0,"webhooks":[
                  {"url":"https://a.example/","name":"a","active":false,"events":["consentUpdated"],"version":"2.0",
                   "headers":[{"name":"Authorization","value":"secret"}],"id":"4342782e"},
                  {"url":"https://b.example/","name":"b"}]}"""));

        assertThat(webhooks.all())
                .containsExactly(
                        new Webhook("a", "https://a.example/", Set.of("consentUpdated"), false, "2.0"),
                        new Webhook("b", "https://b.example/", Set.of(), true, ""));
    }

    @Test
    void a_site_may_have_no_webhook() throws GigyaException {
        server.does(Behaviour.json("{\"errorCode\":0}"));
        assertThat(webhooks.all()).isEmpty();
        server.does(Behaviour.json("{\"errorCode\":0,\"webhooks\":[]}"));
        assertThat(webhooks.all()).isEmpty();
    }

    @Test
    void the_last_delivery_tells_status_and_time_where_there_was_one() throws GigyaException {
        server.does(Behaviour.json("""
                {"errorCode":0,"webhookStatus":{"statusCode":503,"lastSent":"2026-01-01T12:00:00.757Z","message":"x"}}"""));
        var delivery = webhooks.lastDelivery(URL.toString());
        assertThat(delivery.status()).hasValue(503);
        assertThat(delivery.lastSent()).hasValue(Instant.parse("2026-01-01T12:00:00.757Z"));

        server.does(
                Behaviour.json("{\"errorCode\":0,\"webhookStatus\":{\"message\":\"No Webhook activity was found\"}}"));
        assertThat(webhooks.lastDelivery(URL.toString()).status()).isEmpty();
        assertThat(webhooks.lastDelivery(URL.toString()).lastSent()).isEmpty();
    }

    @Test
    void a_webhook_is_deleted_by_its_name() throws GigyaException {
        server.does(Behaviour.json("{\"errorCode\":0}"));

        webhooks.delete("Keycloak");

        assertThat(server.onlyRequest().line()).isEqualTo("POST /accounts.webhooks.delete HTTP/1.1");
        assertThat(server.onlyRequest().form()).containsEntry("name", "Keycloak");
    }

    @Test
    void what_is_no_answer_to_it_is_no_success() {
        server.does(Behaviour.json("{}"));
        assertThat(failureOf(webhooks::all).kind()).isEqualTo(UNAVAILABLE);
        assertThat(failureOf(() -> webhooks.delete("Keycloak")).kind()).isEqualTo(UNAVAILABLE);
        server.does(Behaviour.json("{\"errorCode\":0,\"webhooks\":[{\"name\":\"a\"}]}"));
        assertThat(failureOf(webhooks::all).kind()).isEqualTo(UNAVAILABLE);
        server.does(Behaviour.json("{\"errorCode\":0}"));
        assertThat(failureOf(() -> webhooks.lastDelivery(URL.toString())).kind())
                .isEqualTo(UNAVAILABLE);
    }

    @Test
    void a_key_without_the_right_is_a_wrong_setting() {
        server.does(
                Behaviour.json(
                        "{\"errorCode\":403007,\"errorMessage\":\"Permission denied\",\"errorDetails\":\"Permission denied\"}"));
        var failure = failureOf(webhooks::all);
        assertThat(failure.kind()).isEqualTo(MISCONFIGURED);
        assertThat(failure.getMessage()).contains("accounts.webhooks.getAll", "403007", "rights of the user key");
    }
}
