package io.github.keycloakgigya.it.attack;

import static io.github.keycloakgigya.it.sync.BulkClient.account;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.AtOnce;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.NamedAttempt;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.it.sync.BulkClient;
import io.github.keycloakgigya.it.sync.BulkClient.Result;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody holds another person's address unverified, and the owner, who has verified it, comes. */
@ExtendWith(SharedServers.class)
class SquatterIT {

    private static final Map<String, String> STORED = Map.of("unverifiedEmail", "store");

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private String address;

    SquatterIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeEach
    void an_address() {
        address = "owner-" + UUID.randomUUID() + "@example.com";
    }

    @ParameterizedTest
    @ValueSource(strings = {"profile.email", "UID"})
    void the_owner_signs_in_with_the_address_and_the_squatter_as_before_without_it(String usernameField) {
        try (var realm = realm(Map.of("unverifiedEmail", "store", "usernameField", usernameField))) {
            var squatter = squatter(realm);
            var before = realm.signIn(squatter);
            assertThat(before.accessClaims().path("email").asText()).isEqualTo(address);
            var owner = realm.site().add(Account.builder());
            owner.moveTo(address);

            var claims = realm.signIn(owner).accessClaims();

            owns(claims, usernameField.equals("UID") ? owner.uid() : address);
            lost(realm, squatter, before.subject(), usernameField.equals("UID") ? "email" : "email username");
            assertThat(realm.signIn(squatter).subject()).isEqualTo(before.subject());
            owns(realm.signIn(owner).accessClaims(), usernameField.equals("UID") ? owner.uid() : address);
        }
    }

    @Test
    void a_login_identifier_that_nobody_verified_gives_way_too() {
        try (var realm = realm(Map.of())) {
            var squatter = realm.site().add(Account.builder().loginEmail(address));
            var before = realm.signIn(squatter);
            assertThat(before.accessClaims().path("preferred_username").asText())
                    .isEqualTo(address);
            var owner = realm.site().add(Account.builder());
            owner.moveTo(address);

            owns(realm.signIn(owner).accessClaims(), address);

            lost(realm, squatter, before.subject(), "username");
            assertThat(realm.signIn(squatter).subject()).isEqualTo(before.subject());
            assertThat(realm.userOf(squatter).path("username").asText()).isEqualTo(squatter.uid());
        }
    }

    @Test
    void a_user_of_old_may_move_to_the_own_address() {
        try (var realm = realm(STORED)) {
            var squatter = squatter(realm);
            var id = realm.signIn(squatter).subject();
            var owner = realm.site().add(Account.builder().verifiedEmail("former." + address));
            var before = realm.signIn(owner).subject();
            owner.moveTo(address);

            var claims = realm.signIn(owner).accessClaims();

            assertThat(claims.path("sub").asText()).isEqualTo(before);
            owns(claims, address);
            lost(realm, squatter, id, "email username");
        }
    }

    @Test
    void a_user_who_is_not_imported_gets_it_from_one_who_was() {
        try (var realm = realm(STORED)) {
            var squatter = squatter(realm);
            var id = realm.signIn(squatter).subject();
            realm.configure(Map.of("importEnabled", "false"));
            var owner = realm.site().add(Account.builder());
            owner.moveTo(address);

            owns(realm.signIn(owner).accessClaims(), address);

            lost(realm, squatter, id, "email username");
        }
    }

    @Test
    void a_look_up_gives_it_to_the_owner_too() {
        try (var realm = realm(Map.of("passwordCheck", "off"))) {
            var squatter = realm.site().add(Account.builder().loginEmail(address));
            var id = realm.signIn(squatter).subject();
            new UserAdmin(realm).allowPasswords();
            var owner = realm.site().add(Account.builder());
            owner.moveTo(address);

            NamedAttempt.of(realm, address).knows(realm.userOf(owner).path("id").asText());

            lost(realm, squatter, id, "username");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"entities", "model"})
    void a_sync_gives_it_to_the_owner_and_says_so_before(String way) {
        try (var realm = realm(Map.of())) {
            var bulk = new BulkClient(realm, way);
            var users = new UserAdmin(realm);
            bulk.write(account("squatter", address).put("emailVerified", false));
            bulk.write(account("mover", "former." + address));
            var id = users.byUsername(address).orElseThrow().path("id").asText();
            var newcomer = account("newcomer", address);

            assertThat(bulk.preview(newcomer)).isEqualTo(Result.added(1));
            assertThat(users.byId(id).path("email").asText()).isEqualTo(address);
            assertThat(bulk.write(newcomer)).isEqualTo(Result.added(1));

            assertThat(users.byId(id).has("email")).isFalse();
            assertThat(users.byId(id).path("username").asText()).isEqualTo("squatter");
            assertThat(users.byUsername(address).orElseThrow().path("email").asText())
                    .isEqualTo(address);
            assertThat(events(realm, id)).singleElement().isEqualTo("email username");
            assertThat(bulk.write(newcomer)).isEqualTo(Result.unchanged(1));
            assertThat(bulk.write(account("squatter", address).put("emailVerified", false)))
                    .isEqualTo(Result.unchanged(1));
            // Of two who have verified it, the first keeps it.
            assertThat(bulk.write(account("mover", address)).reasons()).containsOnlyKeys("mover");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"entities", "model"})
    void in_one_batch_the_owner_gets_it_as_well(String way) {
        try (var realm = realm(Map.of())) {
            var bulk = new BulkClient(realm, way);
            var squatter = account("squatter", address).put("emailVerified", false);
            var owner = account("owner", address);

            assertThat(bulk.preview(squatter, owner)).isEqualTo(Result.added(2));
            assertThat(bulk.write(squatter, owner)).isEqualTo(Result.added(2));

            var user = new UserAdmin(realm).byUsername(address).orElseThrow();
            assertThat(user.at("/attributes/gigya.uid/0").asText()).isEqualTo("owner");
        }
    }

    @RepeatedTest(3)
    void at_the_same_moment_nobody_fails_and_the_owner_has_it_in_the_end() throws Exception {
        try (var realm = realm(Map.of())) {
            var squatter = realm.site().add(Account.builder().loginEmail(address));
            var owner = realm.site().add(Account.builder());
            owner.moveTo(address);
            var attempts = new ArrayList<Callable<Page>>();
            for (var account : List.of(squatter, owner, squatter, owner, squatter, owner)) {
                var visitor = realm.visit();
                attempts.add(() -> visitor.post(realm.proofOf(account, visitor.audience())));
            }

            var pages = AtOnce.run(attempts);

            assertThat(pages).extracting(Page::status).allMatch(status -> status < 500);
            owns(realm.signIn(owner).accessClaims(), address);
            assertThat(realm.signIn(squatter)
                            .accessClaims()
                            .path("preferred_username")
                            .asText())
                    .isEqualTo(squatter.uid());
        }
    }

    private GigyaRealm realm(Map<String, String> federation) {
        return GigyaRealm.create(keycloak, simulator, federation, Map.of());
    }

    private Account squatter(GigyaRealm realm) {
        return realm.site().add(Account.builder().profile("email", address));
    }

    private void owns(JsonNode claims, String username) {
        assertThat(claims.path("email").asText()).isEqualTo(address);
        assertThat(claims.path("email_verified").asBoolean()).isTrue();
        assertThat(claims.path("preferred_username").asText()).isEqualToIgnoringCase(username);
    }

    private static void lost(GigyaRealm realm, Account squatter, String id, String what) {
        var user = new UserAdmin(realm).byId(id);
        assertThat(user.has("email")).isFalse();
        assertThat(user.path("username").asText()).isEqualTo(squatter.uid());
        assertThat(events(realm, id)).singleElement().isEqualTo(what);
    }

    private static List<String> events(GigyaRealm realm, String userId) {
        return realm.events().stream()
                .filter(event -> event.path("userId").asText().equals(userId))
                .filter(event -> event.path("type").asText().equals("UPDATE_PROFILE"))
                .map(event -> event.at("/details/gigya_released").asText())
                .toList();
    }
}
