package io.github.keycloakgigya.it.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.Hook;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens at Gigya reaches Keycloak by the site's webhook, within five seconds. */
@ExtendWith(SharedServers.class)
class WebhookIT {

    private static final Map<String, String> ON = Map.of("webhooks", "true");

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;
    private UserAdmin users;
    private Hook hook;

    WebhookIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeEach
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, simulator, ON, Map.of());
        users = new UserAdmin(realm);
        hook = Hook.active(realm);
    }

    @AfterEach
    void delete_the_realm() {
        simulator.faults().clear();
        realm.close();
    }

    @Test
    void a_change_of_the_profile() {
        var account = person("ann");
        var id = realm.signIn(account).subject();

        account.setProfile("firstName", "Renamed");

        Hook.soon(() -> assertThat(user(id).path("firstName").asText()).isEqualTo("Renamed"));
    }

    @Test
    void a_person_who_is_disabled_and_enabled_again() {
        var account = person("ann");
        var id = realm.signIn(account).subject();

        account.setActive(false);
        Hook.soon(() -> assertThat(user(id).path("enabled").asBoolean()).isFalse());

        account.setActive(true);
        Hook.soon(() -> assertThat(user(id).path("enabled").asBoolean()).isTrue());
    }

    @Test
    void an_account_that_is_deleted() {
        var account = person("ann");
        var id = realm.signIn(account).subject();

        realm.site().delete(account);

        Hook.soon(() -> assertThat(user(id).path("enabled").asBoolean(true)).isFalse());
    }

    @Test
    void an_account_that_is_deleted_where_the_user_is_to_go() {
        realm.configure(Map.of("missingAccountPolicy", "delete"));
        var account = person("ann");
        var id = realm.signIn(account).subject();

        realm.site().delete(account);

        Hook.soon(() -> assertThat(user(id).path("username").isMissingNode()).isTrue());
    }

    @Test
    void a_new_uid_whose_user_keeps_id_roles_and_session() {
        var account = person("ann");
        var tokens = realm.signIn(account);
        var id = tokens.subject();
        users.addRealmRole("customer");
        realm.admin()
                .post(
                        users.path("users/" + id + "/role-mappings/realm"),
                        Json.parse("["
                                + realm.admin()
                                        .get(users.path("roles/customer"))
                                        .body() + "]"))
                .succeeded();

        realm.site().changeUid(account, "uid-after");

        Hook.soon(() ->
                assertThat(user(id).at("/attributes/gigya.uid/0").asText()).isEqualTo("uid-after"));
        assertThat(users.realmRoles(id)).contains("customer");
        assertThat(realm.ofUser(user(id), "sessions")).hasSize(1);
        assertThat(realm.signIn(account).subject()).isEqualTo(id);
        assertThat(realm.users()).hasSize(1);
    }

    @Test
    void an_account_that_gets_the_uid_that_another_had_before() {
        var account = person("ann");
        var formerUid = account.uid();
        var id = realm.signIn(account).subject();
        realm.site().changeUid(account, "uid-after");
        Hook.soon(() ->
                assertThat(user(id).at("/attributes/gigya.uid/0").asText()).isEqualTo("uid-after"));

        var newcomer = realm.site().add(BrokeredRealm.person("eve").uid(formerUid));
        var newcomersId = realm.signIn(newcomer).subject();

        assertThat(newcomersId).isNotEqualTo(id);
        assertThat(realm.signIn(newcomer).subject()).isEqualTo(newcomersId);
        assertThat(realm.signIn(account).subject()).isEqualTo(id);
        newcomer.setProfile("firstName", "Renamed");
        Hook.soon(() -> assertThat(user(newcomersId).path("firstName").asText()).isEqualTo("Renamed"));
    }

    @Test
    void an_account_that_goes_into_another_one() {
        var account = person("ann");
        var other = person("eve");
        var gone = realm.signIn(account).subject();
        var stays = realm.signIn(other).subject();

        realm.site().merge(account, other);

        Hook.soon(() -> assertThat(user(gone).path("enabled").asBoolean()).isFalse());
        assertThat(user(stays).path("enabled").asBoolean()).isTrue();
        Hook.soon(() -> assertThat(realm.admin().adminEvents(realm.name()))
                .filteredOn(event ->
                        ("users/" + gone).equals(event.path("resourcePath").asText()))
                .singleElement()
                .satisfies(event -> assertThat(
                                event.at("/details/gigya_merged_into").asText())
                        .isEqualTo(stays)));
    }

    @Test
    void an_account_that_goes_into_one_that_keycloak_does_not_know() {
        var account = person("ann");
        var other = person("eve");
        var id = realm.signIn(account).subject();

        realm.site().merge(account, other);

        Hook.soon(() ->
                assertThat(user(id).at("/attributes/gigya.uid/0").asText()).isEqualTo(other.uid()));
        assertThat(user(id).path("firstName").asText()).isEqualTo("Eve");
    }

    @Test
    void a_new_account_only_where_the_setting_says_so() {
        person("unasked");
        Hook.soon(
                () -> assertThat(simulator.webhooks(realm.site()).deliveries()).isNotEmpty());
        assertThat(realm.users()).isEmpty();

        realm.configure(Map.of("webhookImports", "true"));
        person("asked");

        Hook.soon(() -> assertThat(realm.users())
                .extracting(user -> user.path("firstName").asText())
                .containsExactly("Asked"));
    }

    @Test
    void a_change_that_gigya_can_not_tell_of_at_first() {
        var account = person("ann");
        var id = realm.signIn(account).subject();
        simulator.faults().on("accounts.getAccountInfo", Fault.httpStatus(500));
        account.setProfile("firstName", "Renamed");
        Hook.soon(() -> assertThat(simulator.webhooks(realm.site()).deliveries())
                .anyMatch(delivery -> delivery.status() == 503));

        simulator.faults().clear();

        Hook.soon(() -> assertThat(user(id).path("firstName").asText()).isEqualTo("Renamed"));
    }

    @Test
    void a_change_of_somebody_who_is_not_imported() {
        realm.configure(Map.of("importEnabled", "false"));
        var account = person("ann");
        var id = realm.signIn(account).subject();
        assertThat(user(id).path("firstName").asText()).isEqualTo("Ann");

        account.setProfile("firstName", "Renamed");

        Hook.soon(() -> assertThat(user(id).path("firstName").asText()).isEqualTo("Renamed"));
    }

    private JsonNode user(String id) {
        return users.byId(id);
    }

    private Account person(String name) {
        return realm.site().add(BrokeredRealm.person(name));
    }
}
