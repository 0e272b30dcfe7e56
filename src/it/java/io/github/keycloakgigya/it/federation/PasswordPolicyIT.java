package io.github.keycloakgigya.it.federation;

import static io.github.keycloakgigya.it.realm.PasswordRealm.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.Secrets;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.PasswordAttempt;
import io.github.keycloakgigya.it.realm.PasswordAttempt.Door;
import io.github.keycloakgigya.it.realm.PasswordRealm;
import io.github.keycloakgigya.server.AdminAnswer;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The setting {@code passwordCheck}: who says whether a password is right, and who may set one. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasswordPolicyIT {

    private static final String LOCAL = "a password that keycloak keeps";

    private final KeycloakServer keycloak;
    private final GigyaSimulator gigya;
    private PasswordRealm byGigya;
    private PasswordRealm localFirst;
    private PasswordRealm off;

    PasswordPolicyIT(KeycloakServer keycloak, GigyaSimulator gigya) {
        this.keycloak = keycloak;
        this.gigya = gigya;
    }

    @BeforeAll
    void create_the_realms() {
        byGigya = PasswordRealm.create(keycloak, gigya, Map.of("existingUserPolicy", "linkVerifiedEmail"));
        localFirst = PasswordRealm.create(keycloak, gigya, Map.of("passwordCheck", "localFirst"));
        off = PasswordRealm.create(keycloak, gigya, Map.of("passwordCheck", "off"));
    }

    @AfterAll
    void delete_the_realms() {
        byGigya.close();
        localFirst.close();
        off.close();
    }

    @Test
    void an_administrator_can_not_set_a_password_that_gigya_keeps() {
        var person = byGigya.newPerson();

        var refused = setPassword(byGigya, person.userId());

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("errorMessage").asText())
                .contains("Gigya keeps the password", "the setting “Password check” is");
        assertThat(Door.DIRECT_GRANT.attempt(byGigya, person.email(), LOCAL).isIn())
                .isFalse();
    }

    @Test
    void a_person_who_is_to_choose_a_password_reads_who_keeps_it() {
        var person = byGigya.newPerson();
        byGigya.users()
                .change(
                        person.userId(),
                        user -> user.putArray("requiredActions").add("UPDATE_PASSWORD"));
        var flow = byGigya.login();
        var form = PasswordAttempt.post(flow, flow.begin(), person.email(), PASSWORD);

        var page = flow.browser()
                .post(
                        form.formAction("#kc-passwd-update-form"),
                        Form.of("password-new", LOCAL).and("password-confirm", LOCAL));

        assertThat(page.text()).contains("Your password is kept by the website. Please change it there.");
    }

    @Test
    void both_consoles_show_that_there_is_a_password_and_offer_nothing_to_remove() {
        var person = byGigya.newPerson();

        var shown = credentials(byGigya, person.userId());
        assertThat(shown).hasSize(1);
        assertThat(shown.get(0).path("type").asText()).isEqualTo("password");
        assertThat(shown.get(0).path("federationLink").asText())
                .isEqualTo(byGigya.realm().componentId());
        assertThat(shown.get(0).has("id")).isFalse();
        assertThat(byGigya.realm()
                        .admin()
                        .get(byGigya.users()
                                .path("users/" + person.userId() + "/configured-user-storage-credential-types"))
                        .body())
                .extracting(JsonNode::asText)
                .containsExactly("password");
        var account = accountCredentials(byGigya, person.email());
        assertThat(account.at("/0/type").asText()).isEqualTo("password");
        assertThat(account.at("/0/userCredentialMetadatas")).hasSize(1);
        assertThat(account.at("/0/removeable").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void a_password_from_before_an_account_was_linked_opens_nothing_any_more(Door door) {
        var name = "linked" + door.ordinal() + "@example.com";
        byGigya.users().addLocal(name, name, true);
        assertThat(door.attempt(byGigya, name, "local password").isIn()).isTrue();
        byGigya.realm()
                .signIn(byGigya.realm()
                        .site()
                        .add(Account.builder().verifiedEmail(name).password(PASSWORD)));

        var former = door.attempt(byGigya, name, "local password");

        assertThat(former.isIn()).isFalse();
        assertThat(former.failure().path("error").asText()).isEqualTo("invalid_user_credentials");
        assertThat(door.attempt(byGigya, name, PASSWORD).isIn()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void a_password_that_keycloak_keeps_wins_where_the_administrator_chose_so(Door door) {
        var person = localFirst.newPerson();
        var before = door.attempt(localFirst, person.email(), PASSWORD);
        assertThat(before.isIn()).isTrue();
        assertThat(before.logins()).isEqualTo(1);

        assertThat(setPassword(localFirst, person.userId()).status()).isEqualTo(204);

        var local = door.attempt(localFirst, person.email(), LOCAL);
        assertThat(local.isIn()).isTrue();
        assertThat(local.calls()).isEmpty();
        var gigyas = door.attempt(localFirst, person.email(), PASSWORD);
        assertThat(gigyas.isIn()).isFalse();
        assertThat(gigyas.calls()).isEmpty();
        assertThat(credentials(localFirst, person.userId())).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void gigya_is_never_asked_where_password_checks_are_off(Door door) {
        var person = off.newPerson();

        var unset = door.attempt(off, person.email(), PASSWORD);
        assertThat(unset.isIn()).isFalse();
        assertThat(unset.failure().path("error").asText()).isEqualTo("invalid_user_credentials");
        assertThat(unset.calls()).isEmpty();
        assertThat(credentials(off, person.userId())).isEmpty();

        assertThat(setPassword(off, person.userId()).status()).isEqualTo(204);
        var local = door.attempt(off, person.email(), LOCAL);
        assertThat(local.isIn()).isTrue();
        assertThat(local.calls()).isEmpty();
    }

    private static AdminAnswer setPassword(PasswordRealm realm, String userId) {
        Secrets.remember("password", LOCAL);
        return realm.realm()
                .admin()
                .put(
                        realm.users().path("users/" + userId + "/reset-password"),
                        Json.parse("{\"type\": \"password\", \"value\": \"" + LOCAL + "\"}"));
    }

    private static JsonNode credentials(PasswordRealm realm, String userId) {
        return realm.realm()
                .admin()
                .get(realm.users().path("users/" + userId + "/credentials"))
                .succeeded()
                .body();
    }

    private JsonNode accountCredentials(PasswordRealm realm, String email) {
        var token = Json.parse(realm.users().password(email, PASSWORD).body())
                .path("access_token")
                .asText();
        var browser = HttpBrowser.of(keycloak.address());
        var answer = browser.once(browser.request(URI.create(realm.realm().address() + "/account/credentials"))
                .setHeader("Accept", "application/json")
                .header("Authorization", "Bearer " + token)
                .GET()
                .build());
        assertThat(answer.status()).isEqualTo(200);
        return Json.parse(answer.body());
    }
}
