package io.github.keycloakgigya.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.OpenIdRealm;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** People come in through Keycloak's own OIDC provider, and the importer brings what Gigya says of them. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountImporterIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private OpenIdRealm realm;

    AccountImporterIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        // A trusting provider is the harder case: Keycloak then calls addresses verified that Gigya has not.
        realm = OpenIdRealm.create(keycloak, simulator, Map.of("syncMode", "FORCE", "$trustEmail", "true"), Map.of());
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void the_first_sign_in_creates_a_user_with_the_accounts_fields() {
        var account = account("maria");

        var tokens = realm.signIn(account);

        var user = realm.userOf(account);
        assertThat(user.path("id").asText()).isEqualTo(tokens.subject());
        assertThat(user.path("email").asText()).isEqualTo("maria@example.com");
        assertThat(user.path("emailVerified").asBoolean()).isTrue();
        assertThat(user.path("firstName").asText()).isEqualTo("Maria");
        assertThat(user.path("lastName").asText()).isEqualTo("Example");
        assertThat(attribute(user, "interests")).containsExactlyInAnyOrder("sailing", "chess");
        assertThat(tokens.accessClaims().path("memberNumber").asLong()).isEqualTo(4711);
        assertThat(realm.brokered().linksOf(tokens.subject())).singleElement().satisfies(link -> {
            assertThat(link.path("identityProvider").asText()).isEqualTo(OpenIdRealm.ALIAS);
            assertThat(link.path("userId").asText()).isEqualTo(account.uid());
        });
    }

    @Test
    void a_warm_sign_in_finds_the_same_user_with_one_call_of_getJWT() {
        var account = account("warm");
        var first = realm.signIn(account);
        simulator.calls().reset();

        var second = realm.signIn(account);

        assertThat(second.subject()).isEqualTo(first.subject());
        assertThat(simulator.calls().counts())
                .isEqualTo(Map.of("accounts.getJWT", 1, "oidc.op.token", 1, "oidc.op.userinfo", 1));
        assertThat(simulator.calls().all())
                .filteredOn(call -> call.method().equals("accounts.getJWT"))
                .singleElement()
                .satisfies(call -> assertThat(
                                call.parameter("fields").orElseThrow().split(","))
                        .containsExactlyInAnyOrder(
                                "profile.firstName",
                                "profile.lastName",
                                "profile.email",
                                "data.interests",
                                "data.memberNumber"));
    }

    @Test
    void what_changed_in_gigya_is_changed_by_the_next_sign_in() {
        var account = account("changing");
        realm.signIn(account);
        account.setProfile("firstName", "Renamed");
        account.setData("interests", List.of("rowing"));
        account.addVerifiedEmail("moved@example.com");
        account.setProfile("email", "moved@example.com");

        realm.signIn(account);

        var user = realm.userOf(account);
        assertThat(user.path("firstName").asText()).isEqualTo("Renamed");
        assertThat(attribute(user, "interests")).containsExactly("rowing");
        assertThat(user.path("email").asText()).isEqualTo("moved@example.com");
        assertThat(user.path("emailVerified").asBoolean()).isTrue();
    }

    @Test
    void what_the_account_has_no_more_is_removed() {
        var account = account("removing");
        realm.signIn(account);
        account.setData("memberNumber", null);
        account.setProfile("lastName", null);
        account.setProfile("email", null);

        realm.signIn(account);

        var user = realm.userOf(account);
        assertThat(attribute(user, "memberNumber")).isEmpty();
        assertThat(user.path("lastName").asText("")).isEmpty();
        assertThat(user.path("email").asText("")).isEmpty();
        assertThat(user.path("emailVerified").asBoolean()).isFalse();
    }

    @Test
    void an_address_that_gigya_has_not_verified_is_stored_as_such_where_the_source_says_so() {
        var account = realm.realm()
                .site()
                .add(Account.builder()
                        .unverifiedEmail("claimed@example.com")
                        .profile("firstName", "Una")
                        .profile("lastName", "Example"));

        realm.brokered().configure(Map.of("unverifiedEmail", "store"));
        try {
            realm.signIn(account);
        } finally {
            realm.brokered().configure(Map.of("unverifiedEmail", "omit"));
        }

        var user = realm.userOf(account);
        assertThat(user.path("email").asText()).isEqualTo("claimed@example.com");
        assertThat(user.path("emailVerified").asBoolean()).isFalse();
    }

    @Test
    void a_changed_address_that_gigya_has_not_verified_is_not_written() {
        var account = account("unproven");
        realm.signIn(account);
        account.setProfile("email", "somebody@example.com");

        realm.signIn(account);

        var user = realm.userOf(account);
        assertThat(user.path("email").asText()).isEqualTo("unproven@example.com");
        assertThat(user.path("emailVerified").asBoolean()).isTrue();
    }

    @Test
    void who_is_unlinked_loses_the_uid() {
        var account = account("unlinking");
        var user = realm.signIn(account).subject();

        realm.realm()
                .admin()
                .delete("realms/" + realm.realm().name() + "/users/" + user + "/federated-identity/"
                        + OpenIdRealm.ALIAS)
                .succeeded();

        assertThat(realm.realm().admin().users(realm.realm().name(), Map.of("username", "unlinking@example.com")))
                .singleElement()
                .satisfies(found -> assertThat(attribute(found, "gigya.uid")).isEmpty());
    }

    @Test
    void the_settings_of_the_site_may_be_those_of_a_user_federation() {
        try (var other = OpenIdRealm.create(keycloak, simulator, Map.of("syncMode", "FORCE"), Map.of())) {
            var site = other.realm().site();
            var account = site.add(Account.builder()
                    .verifiedEmail("moving@example.com")
                    .profile("firstName", "Mo")
                    .profile("lastName", "Example"));
            other.signIn(account);
            other.realm().addFederation("customers", site);
            other.configureMapper(Map.of("source", "customers"));
            other.realm().admin().delete(other.brokered().path()).succeeded();
            account.setData("memberNumber", 4711);

            var tokens = other.signIn(account);

            assertThat(tokens.accessClaims().path("memberNumber").asLong()).isEqualTo(4711);
        }
    }

    private static List<String> attribute(JsonNode user, String name) {
        var values = new ArrayList<String>();
        user.path("attributes").path(name).forEach(value -> values.add(value.asText()));
        return values;
    }

    private Account account(String name) {
        return realm.realm()
                .site()
                .add(Account.builder()
                        .verifiedEmail(name + "@example.com")
                        .profile("firstName", name.substring(0, 1).toUpperCase() + name.substring(1))
                        .profile("lastName", "Example")
                        .data("memberNumber", 4711)
                        .data("interests", List.of("sailing", "chess")));
    }
}
