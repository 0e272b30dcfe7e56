package io.github.keycloakgigya.it.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.SqlStatement;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A person with a Gigya account signs in. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;

    SignInIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, simulator);
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void the_application_gets_a_token_with_the_accounts_profile_and_data() {
        var account = account("maria");

        var claims = realm.signIn(account).accessClaims();

        assertThat(claims.path("given_name").asText()).isEqualTo("Maria");
        assertThat(claims.path("family_name").asText()).isEqualTo("Example");
        assertThat(claims.path("email").asText()).isEqualTo("maria@example.com");
        assertThat(claims.path("email_verified").asBoolean()).isTrue();
        assertThat(claims.path("gigya.uid").asText()).isEqualTo(account.uid());
        assertThat(claims.path("memberNumber").asLong()).isEqualTo(4711);
        assertThat(claims.path("interests")).extracting(JsonNode::asText).containsExactly("sailing", "chess");
    }

    @Test
    void the_page_can_be_reloaded_and_keeps_the_login() {
        var visitor = realm.visit();

        var again = visitor.on(visitor.reload());

        assertThat(again.audience()).isEqualTo(visitor.audience());
        again.signIn(account("reloading"));
    }

    @Test
    void the_second_sign_in_finds_the_same_user() {
        var account = account("second");

        assertThat(realm.signIn(account).subject())
                .isEqualTo(realm.signIn(account).subject());
        assertThat(realm.userOf(account).path("federationLink").asText()).isEqualTo(realm.componentId());
    }

    @Test
    void a_warm_sign_in_makes_one_call_to_gigya_and_writes_no_row_about_the_user() {
        var account = account("warm");
        realm.signIn(account);
        simulator.calls().reset();

        var statements = keycloak.sql().statementsDuring(() -> realm.signIn(account));

        assertThat(simulator.calls().counts()).isEqualTo(Map.of("accounts.getJWT", 1));
        assertThat(statements).noneMatch(statement -> statement.writesTo(SqlStatement.USER_TABLES));
    }

    @Test
    void a_warm_sign_in_reads_nothing_about_the_user_from_the_database() {
        var account = account("cached");
        realm.signIn(account);
        realm.signIn(account);

        var statements = keycloak.sql().statementsDuring(() -> realm.signIn(account));

        assertThat(statements)
                .isNotEmpty()
                .noneMatch(statement -> statement.tables().contains("USER_ENTITY"));
    }

    @Test
    void what_changed_in_gigya_is_changed_in_keycloak_at_the_next_sign_in() {
        var account = account("changing");
        var before = realm.signIn(account);
        account.setProfile("firstName", "Renamed");
        account.setData("interests", List.of("rowing"));
        account.setData("memberNumber", null);

        var claims = realm.signIn(account).accessClaims();

        assertThat(claims.path("sub").asText()).isEqualTo(before.subject());
        assertThat(claims.path("given_name").asText()).isEqualTo("Renamed");
        assertThat(claims.path("interests")).extracting(JsonNode::asText).containsExactly("rowing");
        assertThat(claims.has("memberNumber")).isFalse();
    }

    @Test
    void the_login_event_says_whose_account_signed_in() {
        var account = account("noted");
        var user = realm.signIn(account).subject();

        assertThat(loginEventOf(user))
                .hasValueSatisfying(event ->
                        assertThat(event.at("/details/gigya_uid").asText()).isEqualTo(account.uid()));
    }

    @Test
    void exactly_the_mapped_fields_are_asked_for() {
        var account = account("asked");
        simulator.calls().reset();

        realm.signIn(account);

        var fields =
                simulator.calls().lastOf("accounts.getJWT").parameter("fields").orElse("");
        assertThat(fields.split(","))
                .containsExactlyInAnyOrder(
                        "profile.firstName",
                        "profile.lastName",
                        "profile.email",
                        "data.interests",
                        "data.memberNumber");
    }

    private Optional<JsonNode> loginEventOf(String userId) {
        return realm.events().stream()
                .filter(event -> event.path("type").asText().equals("LOGIN"))
                .filter(event -> event.path("userId").asText().equals(userId))
                .findFirst();
    }

    private Account account(String name) {
        return realm.site()
                .add(Account.builder()
                        .verifiedEmail(name + "@example.com")
                        .password("correct horse")
                        .profile("firstName", name.substring(0, 1).toUpperCase() + name.substring(1))
                        .profile("lastName", "Example")
                        .data("interests", List.of("sailing", "chess"))
                        .data("memberNumber", 4711));
    }
}
