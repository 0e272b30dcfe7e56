package io.github.keycloakgigya.it.leaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.Secrets;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.PasswordRealm;
import io.github.keycloakgigya.it.realm.PasswordRealm.Person;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.AccountBuilder;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.PasswordHash;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** People sign in at Gigya's screen-set, and go on with the same password when they have left Gigya. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransferIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private PasswordRealm realm;
    private int people;

    TransferIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = PasswordRealm.create(keycloak, simulator, Map.of("passwordTransfer", "atSignIn"));
        // Nobody is to be locked out by the wrong passwords of one test.
        realm.users().changeRealm("{\"bruteForceProtected\": false}");
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = PasswordHash.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"DRUPAL"})
    void who_signed_in_by_the_page_keeps_the_password_after_leaving(PasswordHash hash) {
        var person = newPerson(hash);
        assertThat(fate(person)).isEqualTo("transferred");
        assertThat(typesOf(person)).containsExactly("gigya-password");

        release(person);

        assertThat(typesOf(person)).containsExactly("password");
        assertThat(legacyPasswords()).isEqualTo(hash.name().startsWith("PBKDF2") ? 0 : 1);
        assertThat(status(person, "another password")).isIn(400, 401);
        assertThat(status(person, PasswordRealm.PASSWORD)).isEqualTo(200);
        await().untilAsserted(() -> assertThat(
                        credentials(person).get(0).path("credentialData").asText())
                .contains("argon2"));
        assertThat(legacyPasswords()).isZero();
        assertThat(status(person, PasswordRealm.PASSWORD)).isEqualTo(200);
    }

    @Test
    void what_was_typed_and_accepted_comes_along_where_the_hash_does_not() {
        var person = newPerson(PasswordHash.DRUPAL);
        assertThat(fate(person)).isEqualTo("unsupported");
        assertThat(typesOf(person)).isEmpty();

        assertThat(status(person, PasswordRealm.PASSWORD)).isEqualTo(200);

        assertThat(fate(person)).isEqualTo("captured");
        release(person);
        assertThat(status(person, PasswordRealm.PASSWORD)).isEqualTo(200);
    }

    // Whoever checks passwords by the settings, the one that waits is not looked at.
    @ParameterizedTest
    @EnumSource(names = {"PBKDF2_SHA512", "MD5"})
    void the_password_that_waits_lets_nobody_in_who_is_still_gigyas(PasswordHash hash) {
        var person = newPerson(hash);
        person.account().setPassword("a newer password");

        for (var check : List.of("gigya", "localFirst", "off")) {
            realm.realm().configure(Map.of("passwordCheck", check));
            assertThat(status(person, PasswordRealm.PASSWORD)).as(check).isIn(400, 401);
        }
        realm.realm().configure(Map.of("passwordCheck", "gigya"));

        assertThat(status(person, "a newer password")).isEqualTo(200);
        release(person);
        assertThat(status(person, PasswordRealm.PASSWORD)).isIn(400, 401);
        assertThat(status(person, "a newer password")).isEqualTo(200);
    }

    @Test
    void without_the_right_to_read_hashes_people_sign_in_as_before() {
        realm.realm().site().setHashesReadable(false);
        try {
            var person = newPerson(PasswordHash.MD5);

            assertThat(typesOf(person)).isEmpty();
            assertThat(status(person, PasswordRealm.PASSWORD)).isEqualTo(200);
            assertThat(fate(person)).isEqualTo("captured");
        } finally {
            realm.realm().site().setHashesReadable(true);
        }
    }

    @Test
    void an_identity_waits_until_its_person_leaves_and_again_after_the_way_back() {
        realm.realm()
                .admin()
                .post(realm.users().path("identity-provider/instances"), Json.parse("""
                        {"alias": "facebook", "providerId": "facebook", "enabled": true,
                         "config": {"clientId": "app", "clientSecret": "app-secret"}}"""))
                .succeeded();
        var person = newPerson(Account.builder().hashedBy(PasswordHash.DRUPAL).identity("facebook", "fb-leaver"));
        assertThat(typesOf(person)).contains("gigya-links");
        assertThat(credentials(person).toString()).doesNotContain("fb-leaver");
        assertThat(links(person)).isEmpty();

        assertThat(release(person).path("released").asInt()).isEqualTo(1);

        assertThat(links(person)).hasSize(1);
        assertThat(links(person).at("/0/identityProvider").asText()).isEqualTo("facebook");
        assertThat(links(person).at("/0/userId").asText()).isEqualTo("fb-leaver");

        assertThat(leaving("rejoin", person).path("rejoined").asInt()).isEqualTo(1);

        assertThat(links(person)).isEmpty();
        assertThat(typesOf(person)).contains("gigya-links");
        assertThat(release(person).path("released").asInt()).isEqualTo(1);
        assertThat(links(person)).hasSize(1);
    }

    private Person newPerson(PasswordHash hash) {
        return newPerson(Account.builder().hashedBy(hash));
    }

    private Person newPerson(AccountBuilder account) {
        people++;
        Secrets.remember("password", PasswordRealm.PASSWORD);
        return realm.newPerson("leaver" + people + "@example.com", account);
    }

    private JsonNode release(Person person) {
        return leaving("release", person);
    }

    private JsonNode leaving(String what, Person person) {
        return realm.realm()
                .admin()
                .post(
                        realm.users().path("gigya/leaving/" + realm.realm().componentId() + "/" + what),
                        Json.parse("{\"users\": [\"%s\"]}".formatted(person.userId())))
                .succeeded()
                .body();
    }

    private JsonNode links(Person person) {
        return realm.realm()
                .admin()
                .get(realm.users().path("users/" + person.userId() + "/federated-identity"))
                .succeeded()
                .body();
    }

    private int legacyPasswords() {
        return realm.realm()
                .admin()
                .get(realm.users().path("gigya/leaving/" + realm.realm().componentId() + "/legacy-passwords"))
                .succeeded()
                .body()
                .path("passwords")
                .asInt(-1);
    }

    private int status(Person person, String password) {
        return realm.users().password(person.email(), password).status();
    }

    private String fate(Person person) {
        return realm.users()
                .byId(person.userId())
                .at("/attributes/gigya.password/0")
                .asText();
    }

    private JsonNode credentials(Person person) {
        return realm.realm()
                .admin()
                .get(realm.users().path("users/" + person.userId() + "/credentials"))
                .succeeded()
                .body();
    }

    private List<String> typesOf(Person person) {
        return StreamSupport.stream(credentials(person).spliterator(), false)
                // What stands for the password that Gigya keeps.
                .filter(credential -> !credential.has("federationLink"))
                .map(credential -> credential.path("type").asText())
                .toList();
    }
}
