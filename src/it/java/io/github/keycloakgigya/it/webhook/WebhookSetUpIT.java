package io.github.keycloakgigya.it.webhook;

import static io.github.keycloakgigya.it.realm.Hook.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.Sample;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.Shell;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.HookedRealm;
import io.github.keycloakgigya.it.realm.RealmAdministrator;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.SiteWebhooks;
import io.github.keycloakgigya.simulator.Webhook;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An administrator has the webhook made at Gigya, looks after it, and removes it. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookSetUpIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private HookedRealm hooked;
    private GigyaRealm realm;
    private SiteWebhooks atGigya;

    WebhookSetUpIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        hooked = HookedRealm.create(keycloak, simulator, Map.of());
        realm = hooked.realm();
        atGigya = simulator.webhooks(realm.site());
    }

    @AfterEach
    void set_it_up_anew() {
        simulator.faults().clear();
        atGigya.all().forEach(hook -> atGigya.delete(hook.name()));
        hooked.register();
    }

    @AfterAll
    void delete_the_realm() {
        hooked.close();
    }

    @Test
    void it_is_made_with_exactly_the_events_that_are_handled_and_only_once() {
        var hook = atGigya.all().get(0);
        assertThat(hook.name()).isEqualTo("keycloak-gigya-" + realm.componentId());
        assertThat(hook.url())
                .hasToString(
                        keycloak.address() + "/realms/" + realm.name() + "/gigya/" + realm.componentId() + "/webhook");
        assertThat(hook.version()).isEqualTo("3.0");
        assertThat(hook.active()).isTrue();
        assertThat(hook.events())
                .contains("accountUpdated", "accountDeleted", "accountMerged", "accountUidChanged")
                .doesNotContain("accountLoggedIn", "other");
        simulator.calls().reset();

        assertThat(hooked.register().path("status").asText()).isEqualTo("ok");

        assertThat(simulator.calls().count("accounts.webhooks.set")).isZero();
    }

    @Test
    void one_look_tells_what_gigya_says_and_what_came_in() {
        var account = realm.site().add(BrokeredRealm.person("looked-at"));
        realm.signIn(account);
        account.setProfile("firstName", "Renamed");

        soon(() -> {
            var look = hooked.look();
            assertThat(look.path("status").asText()).isEqualTo("ok");
            assertThat(look.path("on").asBoolean()).isTrue();
            assertThat(look.at("/delivery/statusCode").asInt()).isEqualTo(204);
            assertThat(Instant.parse(look.at("/delivery/lastSent").textValue())).isBefore(Instant.now());
            assertThat(Instant.parse(look.at("/received/lastMessage").textValue()))
                    .isBefore(Instant.now());
            assertThat(look.at("/received/messages/done").asInt()).isPositive();
            assertThat(look.at("/received/events/accountUpdated").asInt()).isPositive();
            assertThat(look.toString())
                    .doesNotContain(account.uid(), realm.site().partnerSecret());
        });
    }

    @Test
    void one_that_somebody_changed_is_told_and_corrected() {
        var right = atGigya.all().get(0);
        atGigya.set(Webhook.of(right.name(), right.url(), "accountLoggedIn"));
        assertThat(hooked.look().path("status").asText()).isEqualTo("different");

        assertThat(hooked.register().path("status").asText()).isEqualTo("ok");

        assertThat(atGigya.all().get(0).events()).containsExactlyInAnyOrderElementsOf(right.events());
    }

    @Test
    void one_that_leads_elsewhere_is_left_alone() {
        var right = atGigya.all().get(0);
        var other =
                Webhook.of(right.name(), URI.create("https://other.example.com/hook?token=secret"), "accountUpdated");
        atGigya.set(other);

        var look = hooked.look();
        assertThat(look.path("status").asText()).isEqualTo("elsewhere");
        assertThat(look.toString()).contains("other.example.com/hook").doesNotContain("token=secret");
        for (var refused : List.of(
                realm.admin().post(hooked.path(), hooked.request()),
                realm.admin().delete(hooked.path() + "?componentId=" + realm.componentId()))) {
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.body().toString())
                    .contains("leads to another address")
                    .doesNotContain("token=secret");
        }
        assertThat(atGigya.all()).containsExactly(other);
    }

    @Test
    void it_is_removed_and_then_missing() {
        var query = "?componentId=" + realm.componentId();

        assertThat(status(
                        realm.admin().delete(hooked.path() + query).succeeded().body()))
                .isEqualTo("missing");

        assertThat(atGigya.all()).isEmpty();
        assertThat(status(hooked.look())).isEqualTo("missing");
        assertThat(status(
                        realm.admin().delete(hooked.path() + query).succeeded().body()))
                .isEqualTo("missing");
    }

    @Test
    void it_needs_a_federation_that_takes_messages_and_an_address_that_gigya_takes() {
        realm.setFederation("webhooks", "false");
        try {
            var off = realm.admin().post(hooked.path(), hooked.request());
            assertThat(off.status()).isEqualTo(400);
            assertThat(off.body().toString()).contains("switch its setting webhooks on");
            assertThat(hooked.look().path("on").asBoolean()).isFalse();
        } finally {
            realm.setFederation("webhooks", "true");
        }
        var plain = realm.admin().post(hooked.path(), Json.parse("""
                {"componentId": "%s", "url": "http://sso.example.com/hook"}""".formatted(realm.componentId())));
        assertThat(plain.status()).isEqualTo(400);
        assertThat(plain.body().toString()).contains("https://");
        assertThat(realm.admin()
                        .post(hooked.path(), Json.parse("{\"componentId\": \"nobody\"}"))
                        .status())
                .isEqualTo(404);
        assertThat(realm.admin().get(hooked.path()).status()).isEqualTo(404);
    }

    @Test
    void a_key_without_the_right_is_named_as_the_reason() {
        simulator.faults().on("accounts.webhooks.getAll", Fault.errorCode(403007));

        var refused = realm.admin().post(hooked.path(), hooked.request());

        assertThat(refused.status()).isEqualTo(502);
        assertThat(refused.body().toString()).contains("accounts.webhooks.getAll", "403007", "rights");
    }

    @Test
    void it_is_for_administrators_of_the_realm_alone() {
        var users = new UserAdmin(realm);
        users.allowPasswords();
        var reader = RealmAdministrator.create(users, realm, "reader", "view-realm", "en");
        var query = hooked.path() + "?componentId=" + realm.componentId();
        simulator.calls().reset();

        assertThat(reader.send("GET", query, "").status()).isEqualTo(403);
        assertThat(reader.send("DELETE", query, "").status()).isEqualTo(403);
        assertThat(reader.send("POST", hooked.path(), hooked.request().toString())
                        .status())
                .isEqualTo(403);

        assertThat(simulator.calls().counts()).isEmpty();
        var manager = RealmAdministrator.create(users, realm, "manager", "manage-realm", "en");
        assertThat(manager.send("GET", query, "").status()).isEqualTo(200);
    }

    @Test
    void the_manuals_commands_do_it(@TempDir Path home) {
        atGigya.all().forEach(hook -> atGigya.delete(hook.name()));
        var commands = samples("docs/real-time.md", "Set it up");
        assertThat(commands).hasSize(3);
        run(samples("docs/configuration-as-code.md", "Log in").get(0), home);

        assertThat(status(Json.parse(run(commands.get(0), home)))).isEqualTo("ok");
        assertThat(atGigya.all()).hasSize(1);
        assertThat(status(Json.parse(run(commands.get(1), home)))).isEqualTo("ok");
        run(commands.get(2), home);
        assertThat(atGigya.all()).isEmpty();
    }

    private List<String> samples(String page, String heading) {
        return Sample.in(Path.of(page), "sh").stream()
                .filter(sample -> sample.heading().equals(heading))
                .map(sample ->
                        sample.text().replace("=ID", "=" + realm.componentId()).replace("shop", realm.name()))
                .toList();
    }

    private String run(String command, Path home) {
        var programs = keycloak.home().resolve("bin").toAbsolutePath();
        return Shell.run(
                command,
                Map.of(
                        "KEYCLOAK_URL",
                        keycloak.address().toString(),
                        "KC_CLI_PASSWORD",
                        KeycloakServer.ADMIN,
                        "PATH",
                        programs + ":" + System.getenv("PATH"),
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "HOME",
                        home.toString(),
                        "KC_OPTS",
                        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"));
    }

    private static String status(JsonNode look) {
        return look.path("status").asText();
    }
}
