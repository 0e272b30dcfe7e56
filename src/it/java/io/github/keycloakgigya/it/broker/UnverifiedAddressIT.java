package io.github.keycloakgigya.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.OpenIdRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.AccountBuilder;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.OpenIdClient;
import io.github.keycloakgigya.simulator.Site;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody types another person's address into an own account and never verifies it. The owner comes by the company's
 * OpenID provider.
 */
@ExtendWith(SharedServers.class)
class UnverifiedAddressIT {

    private static final String AUTO_LINK = "auto link";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private Site company;
    private String address;
    private Account owner;

    UnverifiedAddressIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeEach
    void an_owner() {
        company = simulator.addSite(Site.builder());
        address = "owner-" + UUID.randomUUID() + "@example.com";
    }

    @ParameterizedTest
    @CsvSource({
        "true,  first broker login",
        "true,  auto link",
        "false, first broker login",
        "false, auto link",
    })
    void the_owner_gets_a_user_of_the_own_and_never_the_strangers(String importEnabled, String flow) {
        try (var realm = realm(Map.of("importEnabled", importEnabled), flow)) {
            var stranger = stranger(realm);

            var owner = owner(realm);

            assertThat(owner.accessClaims().path("email").asText()).isEqualTo(address);
            var tokens = realm.signIn(stranger);
            assertThat(tokens.subject()).isNotEqualTo(owner.subject());
            assertThat(tokens.accessClaims().has("email")).isFalse();
            assertThat(owner(realm).subject()).isEqualTo(owner.subject());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void nor_after_the_stranger_has_signed_in(String importEnabled) {
        try (var realm = realm(Map.of("importEnabled", importEnabled), AUTO_LINK)) {
            var stranger = realm.signIn(stranger(realm)).subject();

            assertThat(owner(realm).subject()).isNotEqualTo(stranger);
        }
    }

    @Test
    void nor_after_a_sync() {
        try (var realm = realm(Map.of(), AUTO_LINK)) {
            var stranger = stranger(realm);
            sync(realm);

            var user = realm.userOf(stranger);
            assertThat(user.has("email")).isFalse();
            assertThat(user.path("username").asText()).isEqualTo(stranger.uid());
            assertThat(owner(realm).subject()).isNotEqualTo(user.path("id").asText());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void who_is_known_by_a_verified_address_is_found_by_it(String importEnabled) {
        try (var realm = realm(Map.of("importEnabled", importEnabled), AUTO_LINK)) {
            var account = realm.site().add(person().verifiedEmail(address));

            assertThat(owner(realm).subject()).isEqualTo(realm.signIn(account).subject());
        }
    }

    @Test
    void without_import_an_address_that_is_stored_unverified_finds_nobody() {
        var storing = Map.of("importEnabled", "false", "unverifiedEmail", "store", "usernameField", "UID");
        try (var realm = realm(storing, AUTO_LINK)) {
            var stranger = realm.signIn(stranger(realm));
            assertThat(stranger.accessClaims().path("email").asText()).isEqualTo(address);

            assertThat(owner(realm).subject()).isNotEqualTo(stranger.subject());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"signing in", "sync"})
    void a_user_of_an_earlier_version_is_brought_in_line_and_loses_nothing_else(String how) {
        try (var realm = realm(Map.of("unverifiedEmail", "store"), AUTO_LINK)) {
            var users = new UserAdmin(realm);
            var stranger = stranger(realm);
            var tokens = realm.signIn(stranger);
            users.addRealmRole("keeper");
            grant(realm, tokens.subject());
            assertThat(realm.userOf(stranger).path("email").asText()).isEqualTo(address);
            realm.configure(Map.of("unverifiedEmail", "omit"));

            if (how.equals("sync")) {
                sync(realm);
            } else {
                assertThat(realm.signIn(stranger).subject()).isEqualTo(tokens.subject());
            }

            var user = realm.userOf(stranger);
            assertThat(user.path("id").asText()).isEqualTo(tokens.subject());
            assertThat(user.has("email")).isFalse();
            assertThat(user.path("username").asText()).isEqualTo(stranger.uid());
            assertThat(users.realmRoles(tokens.subject())).contains("keeper");
            assertThat(realm.ofUser(user, "sessions")).isNotEmpty();
            assertThat(owner(realm).subject()).isNotEqualTo(tokens.subject());
        }
    }

    private GigyaRealm realm(Map<String, String> federation, String firstLoginFlow) {
        var realm = GigyaRealm.create(
                keycloak,
                simulator,
                simulator.addSite(Site.builder()),
                federation,
                Map.of(),
                UnverifiedAddressIT::shape);
        var client = company.addOpenIdClient(
                realm.address() + "/broker/" + OpenIdRealm.ALIAS + "/endpoint", OpenIdClient.Subjects.PUBLIC);
        OpenIdRealm.addProvider(
                realm,
                simulator.openIdIssuer(company),
                client,
                Map.of("$firstBrokerLoginFlowAlias", "\"" + firstLoginFlow + "\""));
        return realm;
    }

    // Who chooses the company's provider does not stop at the page of Gigya; and a flow that links at once.
    private static void shape(ObjectNode realm) {
        realm.withArray("/authenticationFlows/0/authenticationExecutions")
                .addObject()
                .put("authenticator", "identity-provider-redirector")
                .put("requirement", "ALTERNATIVE")
                .put("priority", 15);
        realm.withArray("/authenticationFlows").add(Json.parse("""
                {"alias": "auto link", "providerId": "basic-flow", "topLevel": true, "builtIn": false,
                 "authenticationExecutions": [
                   {"authenticator": "idp-create-user-if-unique", "requirement": "ALTERNATIVE", "priority": 10},
                   {"authenticator": "idp-auto-link", "requirement": "ALTERNATIVE", "priority": 20}]}"""));
    }

    private static AccountBuilder person() {
        return Account.builder().profile("firstName", "Olivia").profile("lastName", "Owner");
    }

    private Account stranger(GigyaRealm realm) {
        return realm.site()
                .add(Account.builder()
                        .profile("email", address)
                        .profile("firstName", "Mallory")
                        .profile("lastName", "Stranger"));
    }

    private Tokens owner(GigyaRealm realm) {
        if (owner == null) {
            owner = company.add(person().verifiedEmail(address));
        }
        var login = realm.login();
        return login.finish(OpenIdRealm.arrive(realm, login, company, owner));
    }

    private static void sync(GigyaRealm realm) {
        realm.admin()
                .post(
                        "realms/" + realm.name() + "/user-storage/" + realm.componentId()
                                + "/sync?action=triggerFullSync",
                        Json.parse("{}"))
                .succeeded();
    }

    private static void grant(GigyaRealm realm, String userId) {
        var roles = "realms/" + realm.name() + "/roles/keeper";
        JsonNode role = realm.admin().get(roles).succeeded().body();
        realm.admin()
                .post(
                        "realms/" + realm.name() + "/users/" + userId + "/role-mappings/realm",
                        Json.parse("[" + role + "]"))
                .succeeded();
    }
}
