package io.github.keycloakgigya.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import io.github.keycloakgigya.simulator.WebhookReceiver.Received;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhooksTest extends SimulatorTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] ALL = {
        "accountCreated",
        "accountRegistered",
        "accountUpdated",
        "accountDeleted",
        "accountLockedOut",
        "accountMerged",
        "accountUidChanged",
        "subscriptionUpdated",
        "consentUpdated"
    };

    private final SiteWebhooks hooks = simulator.webhooks(site);
    private WebhookReceiver receiver;

    @BeforeEach
    void open() {
        receiver = new WebhookReceiver();
    }

    @AfterEach
    void close() {
        hooks.all().forEach(hook -> hooks.delete(hook.name()));
        receiver.close();
    }

    @Test
    void messages_take_another_way_where_the_address_can_not_be_reached_and_the_webhook_keeps_it() throws IOException {
        hook(ALL);
        var reachable = hooks.all().get(0).url();
        var shown = URI.create("http://unreachable.invalid/hook");
        hooks.sendBy(url -> url.equals(shown) ? reachable : url);
        hooks.set(Webhook.of(hooks.all().get(0).name(), shown, ALL));

        site.add(Account.builder());

        assertThat(types(events(2))).containsExactly("accountCreated", "accountRegistered");
        assertThat(hooks.all()).extracting(Webhook::url).containsExactly(shown);
    }

    @Test
    void every_change_of_an_account_is_told_in_order() throws IOException {
        hook(ALL);
        var account = site.add(Account.builder());
        var uid = account.uid();
        account.setProfile("firstName", "Ada");
        account.setActive(false);
        account.setPreference("terms.tos.isConsentGranted", true);
        account.setSubscription("news.email.isSubscribed", true);
        account.setLocked(true);
        site.changeUid(account, "renamed-" + uid);
        site.delete(account);

        assertThat(types(events(11)))
                .containsExactly(
                        "accountCreated",
                        "accountRegistered",
                        "accountUpdated",
                        "accountUpdated",
                        "accountUpdated",
                        "consentUpdated",
                        "accountUpdated",
                        "subscriptionUpdated",
                        "accountLockedOut",
                        "accountUidChanged",
                        "accountDeleted");
    }

    @Test
    void a_merge_names_the_account_that_remains() throws IOException {
        var leaving = site.add(Account.builder());
        var remaining = site.add(Account.builder());
        hook(ALL);
        site.merge(leaving, remaining);

        var event = events(1).get(0);
        assertThat(event.path("type").asText()).isEqualTo("accountMerged");
        assertThat(event.path("apiKey").asText()).isEqualTo(site.apiKey());
        assertThat(event.path("data").path("uid").asText()).isEqualTo(leaving.uid());
        assertThat(event.path("data").path("newUid").asText()).isEqualTo(remaining.uid());
        assertThat(site.account(leaving.uid())).isEmpty();
    }

    @Test
    void a_message_is_signed_with_the_sites_key_over_its_body() throws Exception {
        hook("accountUpdated");
        site.add(Account.builder()).setProfile("firstName", "Ada");

        var message = receiver.next();
        var token = SignedJWT.parse(message.headers().get(WebhookMessage.SIGNATURE));
        assertThat(token.verify(new RSASSAVerifier(simulator.signingPublicKey())))
                .isTrue();
        var claims = token.getJWTClaimsSet();
        var body = JSON.readTree(message.body());
        assertThat(claims.getIssuer()).isEqualTo(site.issuer());
        assertThat(claims.getJWTID()).isEqualTo(body.path("nonce").asText());
        assertThat(claims.getSubject())
                .isEqualTo(Base64URL.encode(sha256(message.body())).toString());
        assertThat(claims.getExpirationTime().getTime() - claims.getIssueTime().getTime())
                .isEqualTo(60_000);
        assertThat(body.path("timestamp").asLong())
                .isEqualTo(claims.getIssueTime().getTime() / 1000);
    }

    @Test
    void whatever_is_not_taken_is_sent_again_byte_by_byte_ever_later() {
        receiver.willAnswer(503, 401, 204);
        hook("accountUpdated");
        site.add(Account.builder()).setProfile("firstName", "Ada");

        var first = receiver.next();
        var second = receiver.next();
        var third = receiver.next();
        assertThat(second.body()).isEqualTo(first.body()).isEqualTo(third.body());
        assertThat(third.headers())
                .containsEntry(WebhookMessage.SIGNATURE, first.headers().get(WebhookMessage.SIGNATURE));
        await().until(hooks::isIdle);
        var tries = hooks.deliveries()
                .subList(hooks.deliveries().size() - 3, hooks.deliveries().size());
        assertThat(tries).extracting(WebhookDelivery::status).containsExactly(503, 401, 204);
        assertThat(Duration.between(tries.get(1).at(), tries.get(2).at()))
                .isGreaterThan(Duration.between(tries.get(0).at(), tries.get(1).at()));
    }

    @Test
    void what_happens_to_a_person_later_waits_for_what_happened_before() throws IOException {
        receiver.willAnswer(500);
        var account = site.add(Account.builder());
        var other = site.add(Account.builder());
        hook("accountUpdated", "accountDeleted");
        account.setProfile("firstName", "Ada");
        assertThat(types(events(1))).containsExactly("accountUpdated");
        site.delete(account);
        other.setProfile("firstName", "Grace");

        var told = new ArrayList<String>();
        events(3).forEach(event -> told.add(event.path("data").path("uid").asText()));
        assertThat(told).startsWith(other.uid()).endsWith(account.uid(), account.uid());
    }

    @Test
    void a_long_message_of_version_3_is_zipped_and_holds_500_events_at_most() throws IOException {
        hook("accountUpdated");
        var accounts =
                Stream.generate(() -> site.add(Account.builder())).limit(600).toList();
        accounts.forEach(account -> account.setProfile("firstName", "Ada"));

        int told = 0;
        while (told < accounts.size()) {
            var message = receiver.next();
            var events = JSON.readTree(plain(message)).path("events");
            assertThat(events.size()).isLessThanOrEqualTo(500);
            assertThat(message.headers().containsKey("content-encoding")).isEqualTo(plain(message).length > 4096);
            told += events.size();
        }
        assertThat(told).isEqualTo(600);
    }

    @Test
    void bulk_imports_and_muted_changes_are_told_to_nobody() {
        hook(ALL);
        site.muted(() -> site.add(Account.builder()).setProfile("firstName", "Ada"));
        var account = site.add(Account.builder());
        receiver.next();
        call("accounts.setAccountInfo", "UID", account.uid(), "profile", "{\"city\":\"Rome\"}", "muteWebhooks", "true");
        await().until(hooks::isIdle);
        assertThat(receiver.isEmpty()).isTrue();
    }

    @Test
    void a_hook_is_set_changed_listed_and_removed_by_the_api() {
        set("Keycloak", receiver.url().toString(), "[\"accountUpdated\",\"accountDeleted\"]", "3.0");
        set("Keycloak", "https://sso.example.com/hook", "accountUpdated", "2.0");

        var all = assertOk(call("accounts.webhooks.getAll")).path("webhooks");
        assertThat(all).hasSize(1);
        assertThat(all.get(0).path("url").asText()).isEqualTo("https://sso.example.com/hook");
        assertThat(all.get(0).path("events")).hasSize(1);
        assertThat(all.get(0).path("version").asText()).isEqualTo("2.0");
        assertThat(all.get(0).path("id").asText()).hasSize(36);

        assertOk(call("accounts.webhooks.delete", "name", "Keycloak"));
        assertThat(call("accounts.webhooks.getAll").path("webhooks")).isEmpty();
    }

    @Test
    void the_status_tells_of_the_last_message() {
        var url = receiver.url().toString();
        set("Keycloak", url, "accountUpdated", "3.0");
        assertThat(status(url).path("message").asText()).isEqualTo("No Webhook activity was found");
        assertThat(status(url).has("lastSent")).isFalse();

        receiver.willAnswer(401);
        site.add(Account.builder()).setProfile("firstName", "Ada");
        await().until(() -> status(url).path("statusCode").asInt() == 204);
        assertThat(Instant.parse(status(url).path("lastSent").asText())).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void what_a_hook_cannot_be_is_refused() {
        assertRefused(set("Keycloak", "http://sso.example.com/hook", "accountUpdated", "3.0"), 400006);
        assertRefused(set("Keycloak", "no address", "accountUpdated", "3.0"), 400006);
        assertRefused(set("x".repeat(101), "https://sso.example.com/", "accountUpdated", "3.0"), 400006);
        assertRefused(set("Keycloak", "https://sso.example.com/", "accountExploded", "3.0"), 400006);
        assertRefused(set("Keycloak", "https://sso.example.com/", "accountUpdated", "1.1"), 400006);
        assertRefused(call("accounts.webhooks.set", "name", "Keycloak"), 400002);
        assertRefused(call("accounts.webhooks.delete", "name", "nobody's"), 400006);
        set("Keycloak", "https://sso.example.com/", "accountUpdated", "3.0");
        assertRefused(set("Another", "https://sso.example.com/", "accountUpdated", "3.0"), 400006);
        assertRefused(client.call("accounts.webhooks.getAll", Map.of("apiKey", site.apiKey())), 403007);
    }

    @Test
    void forged_stale_and_doubled_messages_can_be_ordered() throws Exception {
        var stale = hooks.message()
                .event("accountDeleted", "somebody")
                .issuedAt(Instant.now().minus(Duration.ofHours(25)))
                .build();
        assertThat(stale.sendTo(receiver.url())).isEqualTo(204);
        assertThat(stale.sendTo(receiver.url())).isEqualTo(204);
        assertThat(receiver.next().body()).isEqualTo(receiver.next().body());

        hooks.message()
                .body("{}".getBytes(StandardCharsets.UTF_8))
                .unsigned()
                .build()
                .sendTo(receiver.url());
        assertThat(receiver.next().headers()).doesNotContainKey(WebhookMessage.SIGNATURE);

        var hex = hooks.message()
                .event("accountUpdated", "somebody")
                .zipped()
                .hashOfZippedBytes()
                .hexadecimalHash();
        hex.build().sendTo(receiver.url());
        var message = receiver.next();
        assertThat(SignedJWT.parse(message.headers().get(WebhookMessage.SIGNATURE))
                        .getJWTClaimsSet()
                        .getSubject())
                .isEqualTo(HexFormat.of().formatHex(sha256(message.body())));
    }

    private void hook(String... events) {
        hooks.set(Webhook.of("Keycloak", receiver.url(), events));
    }

    private JsonNode set(String name, String url, String events, String version) {
        return call(
                "accounts.webhooks.set",
                "name",
                name,
                "url",
                url,
                "events",
                events,
                "active",
                "true",
                "version",
                version);
    }

    private JsonNode call(String method, String... parameters) {
        return client.callSigned(site, method, SimulatorClient.with(Map.of(), parameters));
    }

    private JsonNode status(String url) {
        return assertOk(call("accounts.webhooks.getStatus", "url", url)).path("webhookStatus");
    }

    private List<JsonNode> events(int count) throws IOException {
        var events = new ArrayList<JsonNode>();
        while (events.size() < count) {
            JSON.readTree(plain(receiver.next())).path("events").forEach(events::add);
        }
        return events;
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.path("type").asText()).toList();
    }

    private static byte[] plain(Received message) throws IOException {
        return message.headers().containsKey("content-encoding")
                ? new GZIPInputStream(new ByteArrayInputStream(message.body())).readAllBytes()
                : message.body();
    }

    private static byte[] sha256(byte[] bytes) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }
}
