package io.github.keycloakgigya.it.leaving;

import static io.github.keycloakgigya.it.leaving.LeavingCompany.KEEPERS;
import static io.github.keycloakgigya.it.leaving.LeavingCompany.LINKED;
import static io.github.keycloakgigya.it.leaving.LeavingCompany.email;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.StubOpenIdProvider;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.PasswordForm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.server.SqlStatement;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A company of 120 people leaves Gigya: everybody whom the report calls ready signs in with the old password. */
@OnlyInFullBuild
@ExtendWith(SharedServers.class)
class LeavingIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;
    private UserAdmin users;
    private LeavingCompany company;

    LeavingIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @AfterEach
    void switch_gigya_on_again() {
        simulator.faults().clear();
    }

    @Test
    void who_is_called_ready_signs_in_with_the_old_password_when_gigya_is_gone() {
        try (var left = PasswordForm.realm(keycloak, simulator, Map.of());
                var social = new StubOpenIdProvider("anybody")) {
            realm = left;
            users = new UserAdmin(realm);
            company = new LeavingCompany(realm);
            company.addPeople();
            company.prepareKeycloak(social.identityProvider(LINKED));
            var keepers = company.keepers();
            assertThat(keepers.values().stream().map(Object::toString))
                    .as("who has a role, a link, a one-time password and a consent")
                    .filteredOn(person -> person.contains("gold")
                            && person.contains("employer")
                            && person.contains("totp")
                            && person.contains(GigyaRealm.OTHER_CLIENT))
                    .hasSize(KEEPERS.size());

            var preview = file("/preview", company.file());
            var done = file("/start", company.file());

            assertThat(done.path("states")).isEqualTo(preview.path("states"));
            assertThat(done.path("done").asInt()).isEqualTo(120);
            assertThat(counts(done))
                    .isEqualTo(Map.of(
                            "ready", 80,
                            "unsupported", 12,
                            "passwordless", 6,
                            "socialOnly", 10,
                            "inactive", 4,
                            "incomplete", 4,
                            "notImported", 4));
            assertThat(done.at("/states/socialOnly/by"))
                    .isEqualTo(Json.parse("{\"googleplus (linked)\": 6, \"twitter (not linked)\": 4}"));
            // Those who may not sign in at Gigya are disabled.
            var before = company.everybody();
            var ready = report("ready");
            assertThat(ready).hasSize(80);
            assertThat(report("unsupported")).hasSize(12);
            assertThat(company.keepers()).as("after the transfer").isEqualTo(keepers);
            assertThat(company.linked()).as("Gigya is asked until the release").isEmpty();

            releaseAll();
            assertThat(company.keepers()).as("after the release").isEqualTo(keepers);
            assertThat(company.linked())
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, LeavingCompany.SOCIAL)
                            .mapToObj(number -> email(LINKED + number) + " is " + LeavingCompany.social(number))
                            .toList());
            // Nothing of the site's can answer from now on.
            simulator.faults().refuseConnections();
            users.changeRealm("{\"browserFlow\": \"browser\"}");
            realm.admin()
                    .delete(users.path("components/" + realm.componentId()))
                    .succeeded();

            assertThat(company.everybody()).as("without the federation").isEqualTo(before);
            ready.forEach(this::signsInWithTheOldPassword);
            IntStream.range(0, LeavingCompany.SOCIAL).forEach(number -> signsInByTheProvider(social, number));
            assertThat(Attempt.of(otherApplication(), email("sha10"), company.password(email("sha10")))
                            .answer()
                            .has("[name=accept]"))
                    .as("who has consented to nothing is asked")
                    .isTrue();
            assertThat(company.everybody()).as("after the sign-ins").isEqualTo(before);
            // What Keycloak hashes anew it stores right after the sign-in.
            await().untilAsserted(() -> assertThat(passwordsOf(ready)).containsOnly("rehashed"));
        }
    }

    private List<String> passwordsOf(List<String> names) {
        return realm.users().stream()
                .filter(user -> names.contains(user.path("username").asText()))
                .map(user -> user.at("/attributes/gigya.password/0").asText())
                .toList();
    }

    private Map<String, Integer> counts(JsonNode answer) {
        var counts = new LinkedHashMap<String, Integer>();
        answer.path("states")
                .properties()
                .forEach(state -> counts.put(
                        state.getKey(), state.getValue().path("count").asInt()));
        return counts;
    }

    private List<String> report(String state) {
        var names = new ArrayList<String>();
        realm.admin()
                .get(leaving("/report?state=" + state))
                .succeeded()
                .body()
                .path("users")
                .forEach(user -> names.add(user.path("username").asText()));
        return names;
    }

    private void releaseAll() {
        var ready = new ArrayList<JsonNode>();
        var statements = keycloak.sql()
                .statementsDuring(() -> ready.add(realm.admin()
                        .post(leaving("/release"), Json.parse("{\"state\": \"ready\"}"))
                        .succeeded()
                        .body()));
        assertThat(ready.get(0).path("released").asInt()).isEqualTo(80);
        assertThat(statements)
                .as("nothing is read for each user alone")
                .filteredOn(statement -> statement.kind() == SqlStatement.Kind.SELECT)
                .hasSizeLessThan(80);
        var unable = realm.admin().post(leaving("/release"), Json.parse("{\"all\": true}"));
        assertThat(unable.status()).isEqualTo(409);
        assertThat(unable.body().path("unable").asInt())
                .as("all but those who are ready, or linked; inactive and incomplete people have no password."
                        + " One of the others has a link of old")
                .isEqualTo(12 - 1 + 6 + 4 + 8);
        realm.admin()
                .post(
                        leaving("/release"),
                        Json.parse("{\"all\": true, \"force\": " + unable.body().path("unable") + "}"))
                .succeeded();
    }

    private void signsInWithTheOldPassword(String name) {
        assertThat(Attempt.of(realm.login(), name, "wrong").answer().text()).contains("Invalid username or password");
        var isKeeper = KEEPERS.contains(name.replace("@example.com", ""));
        // Keycloak counts a failure a little later, and refuses to look at a password meanwhile.
        var attempt = await().until(
                        () -> Attempt.of(isKeeper ? otherApplication() : realm.login(), name, company.password(name)),
                        answered -> isKeeper
                                ? answered.asksForCode()
                                : answered.answer().redirect().isPresent());
        // Without a question about consents, which the keepers answered before.
        var subject = isKeeper ? attempt.withCode().subject() : attempt.subject();
        assertThat(subject).isEqualTo(company.id(name));
        var passwords = realm
                .admin()
                .get(users.path("users/" + subject + "/credentials"))
                .succeeded()
                .body()
                .findParents("credentialData")
                .stream()
                .filter(stored -> stored.path("type").asText().equals("password"))
                .toList();
        assertThat(passwords).hasSize(1);
        assertThat(passwords.get(0).path("credentialData").asText()).contains("argon2");
    }

    private void signsInByTheProvider(StubOpenIdProvider social, int number) {
        var login = realm.login();
        var request = login.begin(Map.of("kc_idp_hint", LINKED));

        var back = login.browser().open(social.approved(request, LeavingCompany.social(number)));

        assertThat(login.finish(back).subject()).isEqualTo(company.id(email(LINKED + number)));
    }

    private LoginFlow otherApplication() {
        return realm.login(realm.login().browser(), GigyaRealm.OTHER_CLIENT);
    }

    private record Attempt(LoginFlow login, Page answer) {

        static Attempt of(LoginFlow login, String name, String password) {
            var form = login.begin();
            return new Attempt(
                    login,
                    login.browser()
                            .post(
                                    form.formAction("#kc-form-login"),
                                    Form.of("username", name).and("password", password)));
        }

        boolean asksForCode() {
            return answer.has("#kc-otp-login-form");
        }

        Attempt withCode() {
            return new Attempt(
                    login,
                    login.browser()
                            .post(answer.formAction("#kc-otp-login-form"), Form.of("otp", LeavingCompany.code())));
        }

        String subject() {
            return login.finish(answer).subject();
        }
    }

    private JsonNode file(String what, String file) {
        return realm.admin()
                .postFile(leaving(what), "application/x-ndjson", file)
                .succeeded()
                .body();
    }

    private String leaving(String below) {
        return users.path("gigya/leaving/" + realm.componentId() + below);
    }
}
