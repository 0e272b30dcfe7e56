package io.github.keycloakgigya.it.federation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody tries to become the user of another person's account. The realm lets users edit unmanaged attributes. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProtectedAttributesIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;
    private UserAdmin users;
    private int accounts;

    ProtectedAttributesIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, simulator);
        users = new UserAdmin(realm);
        users.allowPasswords();
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void a_user_can_not_write_the_uid_in_the_account_console() {
        var attacker = account();
        var victim = account();
        var tokens = realm.signIn(attacker);

        var answer = saveProfile(realm, tokens.accessToken(), victim.uid());

        assertThat(answer.status()).isLessThan(500);
        assertThat(attribute(tokens.subject(), "gigya.uid")).containsExactly(attacker.uid());
        assertThat(attribute(tokens.subject(), "gigya.missing")).isEmpty();
        assertThat(attribute(tokens.subject(), "color")).containsExactly("red");
        assertThat(realm.signIn(victim).subject()).isNotEqualTo(tokens.subject());
        assertThat(realm.signIn(attacker).subject()).isEqualTo(tokens.subject());
    }

    @Test
    void a_local_user_who_writes_the_uid_is_not_the_accounts_user() {
        var victim = account();
        var local = users.addLocal("pretender", "pretender@example.com", true);
        var token = Json.parse(users.password("pretender", "local password").body())
                .path("access_token")
                .asText();

        saveProfile(realm, token, victim.uid());

        assertThat(attribute(local, "gigya.uid")).containsExactly(victim.uid());
        assertThat(realm.signIn(victim).subject()).isNotEqualTo(local);
    }

    @Test
    void a_user_of_the_identity_provider_can_not_write_it_where_only_administrators_view_unmanaged_attributes() {
        try (var brokered = BrokeredRealm.create(keycloak, simulator, Map.of())) {
            var own = brokered.realm();
            var path = new UserAdmin(own).path("users/profile");
            var profile = (ObjectNode) own.admin().get(path).body();
            own.admin()
                    .put(path, profile.put("unmanagedAttributePolicy", "ADMIN_VIEW"))
                    .succeeded();
            var account = own.site().add(BrokeredRealm.person("liar"));
            var visitor = brokered.visit();
            var tokens = visitor.signIn(account);

            saveProfile(own, tokens.accessToken(), account().uid());

            assertThat(visitor.login()
                            .refresh(tokens)
                            .accessClaims()
                            .path("gigya.uid")
                            .asText())
                    .isEqualTo(account.uid());
        }
    }

    @Test
    void an_administrator_who_saves_a_user_can_not_change_the_uid() {
        var account = account();
        var other = account();
        var id = realm.signIn(account).subject();

        users.change(id, user -> {
            ((ObjectNode) user.get("attributes")).putArray("gigya.uid").add(other.uid());
            ((ObjectNode) user.get("attributes")).putArray("gigya.missing").add("true");
        });

        assertThat(attribute(id, "gigya.uid")).containsExactly(account.uid());
        assertThat(attribute(id, "gigya.missing")).isEmpty();
    }

    @Test
    void an_administrator_who_clears_all_attributes_keeps_the_uid() {
        var account = account();
        var id = realm.signIn(account).subject();

        users.change(id, user -> user.putObject("attributes"));

        assertThat(attribute(id, "gigya.uid")).containsExactly(account.uid());
        assertThat(realm.signIn(account).subject()).isEqualTo(id);
    }

    @Test
    void a_realm_without_unmanaged_attributes_keeps_the_uid_as_well() {
        try (var strict = GigyaRealm.create(keycloak, simulator)) {
            var itsUsers = new UserAdmin(strict);
            var profile = (ObjectNode)
                    strict.admin().get(itsUsers.path("users/profile")).body();
            profile.remove("unmanagedAttributePolicy");
            strict.admin().put(itsUsers.path("users/profile"), profile).succeeded();
            var account = strict.site()
                    .add(Account.builder().verifiedEmail("strict@example.com").data("memberNumber", 7));
            var id = strict.signIn(account).subject();

            itsUsers.change(id, user -> user.put("emailVerified", false));

            var tokens = strict.signIn(account);
            assertThat(tokens.subject()).isEqualTo(id);
            assertThat(tokens.accessClaims().path("gigya.uid").asText()).isEqualTo(account.uid());
            assertThat(tokens.accessClaims().path("memberNumber").asInt()).isEqualTo(7);
        }
    }

    private static Page saveProfile(GigyaRealm of, String token, String uid) {
        var browser = of.login().browser();
        var address = URI.create(browser.server() + "/realms/" + of.name() + "/account");
        var profile = (ObjectNode) Json.parse(browser.once(browser.request(address)
                        .setHeader("Accept", "application/json")
                        .setHeader("Authorization", "Bearer " + token)
                        .GET()
                        .build())
                .body());
        var attributes = profile.withObject("/attributes");
        attributes.putArray("gigya.uid").add(uid);
        attributes.putArray("gigya.missing").add("true");
        attributes.putArray("color").add("red");
        return browser.once(browser.request(address)
                .setHeader("Accept", "application/json")
                .setHeader("Content-Type", "application/json")
                .setHeader("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(profile.toString()))
                .build());
    }

    private List<String> attribute(String userId, String name) {
        return users.byId(userId)
                .path("attributes")
                .path(name)
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    private Account account() {
        accounts++;
        return realm.site().add(Account.builder().verifiedEmail("person" + accounts + "@example.com"));
    }
}
