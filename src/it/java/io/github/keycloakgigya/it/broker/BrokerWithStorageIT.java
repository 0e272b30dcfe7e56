package io.github.keycloakgigya.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.SqlStatement;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.AccountBuilder;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A person signs in with the identity provider where a user federation has the same accounts. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerWithStorageIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private BrokeredRealm realm;
    private UserAdmin users;

    BrokerWithStorageIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = BrokeredRealm.withFederation(keycloak, simulator, Map.of(), Map.of());
        users = new UserAdmin(realm.realm());
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void an_imported_user_signs_in_as_the_same_user_with_one_call_to_gigya() {
        var account = add(person("imported"));
        var imported = realm.realm().signIn(account).subject();
        simulator.calls().reset();

        var brokered = realm.signIn(account).subject();

        assertThat(brokered).isEqualTo(imported);
        assertThat(simulator.calls().counts()).isEqualTo(Map.of("accounts.getJWT", 1));
        assertThat(realm.linksOf(imported))
                .singleElement()
                .satisfies(link -> assertThat(link.path("userId").asText()).isEqualTo(account.uid()));
    }

    @Test
    void a_new_account_is_imported_once_whichever_door_its_owner_takes_next() {
        var account = add(person("fresh"));
        int before = realm.realm().users().size();

        var first = realm.signIn(account);
        var second = realm.realm().signIn(account);
        var third = realm.signIn(account);

        assertThat(List.of(second.subject(), third.subject())).containsOnly(first.subject());
        assertThat(realm.realm().users()).hasSize(before + 1);
        assertThat(users.byId(first.subject()).path("federationLink").asText())
                .isEqualTo(realm.realm().componentId());
        assertThat(first.accessClaims().path("interests"))
                .extracting(JsonNode::asText)
                .containsExactly("chess", "rowing");
        assertThat(first.accessClaims().path("email_verified").asBoolean()).isTrue();
    }

    @Test
    void a_warm_sign_in_makes_one_call_and_writes_nothing_about_the_user() {
        var account = add(person("warm"));
        realm.signIn(account);
        realm.signIn(account);
        simulator.calls().reset();

        var statements = keycloak.sql().statementsDuring(() -> realm.signIn(account));

        assertThat(simulator.calls().counts()).isEqualTo(Map.of("accounts.getJWT", 1));
        assertThat(statements).noneMatch(statement -> statement.writesTo(SqlStatement.USER_TABLES));
        assertThat(statements).noneMatch(statement -> statement.reads("FEDERATED_IDENTITY"));
    }

    @Test
    void a_link_that_the_person_removed_is_made_again_and_leads_to_the_same_user() {
        var account = add(person("unlinked"));
        var id = realm.signIn(account).subject();
        realm.realm()
                .admin()
                .delete(users.path("users/" + id + "/federated-identity/" + BrokeredRealm.ALIAS))
                .succeeded();
        assertThat(users.byId(id).at("/attributes/gigya.uid/0").asText()).isEqualTo(account.uid());

        assertThat(realm.signIn(account).subject()).isEqualTo(id);
    }

    @Test
    void a_change_in_gigya_is_on_the_user_after_the_next_sign_in() {
        var account = add(person("changing"));
        realm.signIn(account);
        account.setProfile("firstName", "Renamed");
        account.moveTo("changed@example.com");

        var claims = realm.signIn(account).accessClaims();

        assertThat(claims.path("given_name").asText()).isEqualTo("Renamed");
        assertThat(claims.path("email").asText()).isEqualTo("changed@example.com");
        assertThat(claims.path("preferred_username").asText()).isEqualTo("changed@example.com");
        assertThat(claims.path("email_verified").asBoolean()).isTrue();
    }

    @Test
    void the_federation_decides_what_a_user_looks_like_although_the_provider_overwrites() {
        var mappings = """
                [{"key":"profile.nickname","value":"firstName"}]""";
        try (var forcing = BrokeredRealm.withFederation(
                keycloak,
                simulator,
                Map.of("fieldMappings", mappings, "usernameField", "UID"),
                Map.of("syncMode", "FORCE", "$trustEmail", "true"))) {
            var account = forcing.realm().site().add(person("forced").profile("nickname", "Nick"));
            var first = forcing.signIn(account);

            var statements = keycloak.sql().statementsDuring(() -> forcing.signIn(account));

            var user = new UserAdmin(forcing.realm()).byId(first.subject());
            assertThat(user.path("firstName").asText()).isEqualTo("Nick");
            assertThat(user.path("username").asText()).isEqualToIgnoringCase(account.uid());
            assertThat(user.has("lastName")).isFalse();
            assertThat(user.has("email")).isFalse();
            assertThat(user.path("emailVerified").asBoolean()).isFalse();
            assertThat(statements).noneMatch(statement -> statement.writesTo(SqlStatement.USER_TABLES));
        }
    }

    @Test
    void mappers_that_run_once_run_at_the_first_sign_in_with_the_provider() {
        realm.realm().admin().post(users.path("roles"), Json.parse("""
                        {"name": "brokered"}""")).succeeded();
        var imported = add(person("before"));
        var id = realm.realm().signIn(imported).subject();
        realm.realm().admin().post(realm.path() + "/mappers", Json.parse("""
                        {"name": "role", "identityProviderAlias": "shop",
                         "identityProviderMapper": "oidc-hardcoded-role-idp-mapper",
                         "config": {"syncMode": "IMPORT", "role": "brokered"}}""")).succeeded();

        realm.signIn(imported);
        var fresh = realm.signIn(add(person("after"))).subject();

        assertThat(users.realmRoles(id)).contains("brokered");
        assertThat(users.realmRoles(fresh)).contains("brokered");
    }

    @Test
    void a_user_whom_an_administrator_disabled_is_refused_before_gigya_is_asked() {
        var account = add(person("disabled"));
        var id = realm.realm().signIn(account).subject();
        users.change(id, user -> user.put("enabled", false));
        simulator.calls().reset();

        refused(account, "account_disabled");

        assertThat(simulator.calls().counts()).isEmpty();
        assertThat(realm.linksOf(id)).isEmpty();
    }

    @Test
    void a_user_whose_account_is_gone_is_disabled_until_it_is_back() {
        var account = add(person("leaving"));
        var id = realm.signIn(account).subject();
        var visitor = realm.visit();
        var proof = realm.realm().proofOf(account, visitor.audience());
        realm.realm().site().delete(account);

        visitor.post(proof);

        assertThat(newestError()).isEqualTo("account_not_found");
        assertThat(users.byId(id).path("enabled").asBoolean()).isFalse();
        var back = add(person("returning").uid(account.uid()));
        assertThat(realm.signIn(back).subject()).isEqualTo(id);
        assertThat(users.byId(id).path("enabled").asBoolean()).isTrue();
    }

    @Test
    void nobody_is_made_for_an_account_that_is_gone_before_its_first_sign_in() {
        var account = add(person("gone"));
        var visitor = realm.visit();
        var proof = realm.realm().proofOf(account, visitor.audience());
        realm.realm().site().delete(account);
        int before = realm.realm().users().size();

        visitor.post(proof);

        assertThat(newestError()).isEqualTo("account_not_found");
        assertThat(realm.realm().users()).hasSize(before);
    }

    @Test
    void a_known_account_that_takes_the_address_of_another_user_is_refused() {
        users.addLocal("holder", "held@example.com", true);
        var account = add(person("taker"));
        var id = realm.signIn(account).subject();
        account.moveTo("held@example.com");

        refused(account, "account_conflict");

        assertThat(users.byId(id).path("email").asText()).isEqualTo("taker@example.com");
    }

    @Test
    void a_new_account_with_the_address_of_another_accounts_user_is_refused() {
        var owner = realm.signIn(add(person("original"))).subject();
        var account = add(person("copycat"));
        account.moveTo("original@example.com");

        refused(account, "account_conflict");

        assertThat(realm.linksOf(owner)).hasSize(1);
    }

    @Test
    void a_new_account_with_the_address_of_a_local_user_is_linked_only_to_who_proves_to_be_that_user() {
        var local = users.addLocal("resident", "resident@example.com", true);
        var account = add(person("resident"));
        int before = realm.realm().users().size();
        var visitor = realm.visit();

        var page = visitor.post(realm.realm().proofOf(account, visitor.audience()));

        assertThat(page.text()).contains("Account already exists");
        assertThat(realm.realm().users()).hasSize(before);
        assertThat(realm.linksOf(local)).isEmpty();
    }

    private Account add(AccountBuilder account) {
        return realm.realm().site().add(account);
    }

    private void refused(Account account, String error) {
        int before = realm.realm().users().size();
        var visitor = realm.visit();

        var page = visitor.post(realm.realm().proofOf(account, visitor.audience()));

        assertThat(visitor.login().isDone(page)).isFalse();
        assertThat(newestError()).isEqualTo(error);
        assertThat(realm.realm().users()).hasSize(before);
    }

    private String newestError() {
        return realm.newestError();
    }

    private static AccountBuilder person(String name) {
        return BrokeredRealm.person(name);
    }
}
