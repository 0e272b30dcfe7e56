package io.github.keycloakgigya.it.leaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.RealmAdministrator;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.server.SqlStatement;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** An administrator looks at what moves along, has it moved, and reads the report. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeavingRunIT {

    private static final int PEOPLE = 25;
    private static final String HASH = "0123456789abcdef0123456789abcdef";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private SyncedRealm realm;
    private RealmAdministrator administrator;
    private List<Account> accounts;

    LeavingRunIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void synchronize_people() {
        realm = SyncedRealm.create(keycloak, simulator, Map.of());
        accounts = realm.addAccounts(PEOPLE);
        realm.full();
        var users = new UserAdmin(realm.realm());
        users.allowPasswords();
        administrator = RealmAdministrator.create(users, realm.realm(), "boss", "realm-admin", "en");
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @BeforeEach
    void forget_calls() {
        simulator.calls().reset();
    }

    @AfterEach
    void end_all_faults() {
        simulator.faults().clear();
    }

    @Test
    void a_preview_tells_what_a_run_does_and_writes_nothing() {
        var answers = new ArrayList<JsonNode>();

        var statements = keycloak.sql().statementsDuring(() -> answers.add(previewed()));

        var preview = answers.get(0);
        assertThat(preview.path("status").asText()).isEqualTo("finished");
        assertThat(Instant.parse(preview.path("started").textValue())).isBefore(Instant.now());
        assertThat(preview.path("done").asInt()).isEqualTo(PEOPLE);
        assertThat(statements)
                .filteredOn(statement -> statement.kind() == SqlStatement.Kind.INSERT
                        || statement.kind() == SqlStatement.Kind.UPDATE
                        || statement.kind() == SqlStatement.Kind.DELETE)
                .allMatch(statement -> statement.writesTo(Set.of("SERVER_CONFIG", "ADMIN_EVENT_ENTITY")));
        assertThat(started("")).isEqualTo(202);
        var ended = ended();
        assertThat(ended.path("status").asText()).isEqualTo("finished");
        assertThat(ended.path("states")).isEqualTo(preview.path("states"));
        assertThat(ended.path("done").asInt()).isEqualTo(PEOPLE);
        assertThat(realm.realm().admin().adminEvents(realm.realm().name()))
                .extracting(event -> event.path("resourcePath").asText())
                .contains(told("preview"), told("start"));
        assertThat(realm.userOf(accounts.get(0))
                        .at("/attributes/gigya.leaving/0")
                        .asText())
                .isNotEmpty();
    }

    @Test
    void accounts_are_asked_for_themselves_only_where_searches_tell_no_hashes() {
        started("?anew=true");
        var asked = ended();
        assertThat(simulator.calls().count("accounts.getAccountInfo")).isGreaterThanOrEqualTo(PEOPLE);
        assertThat(asked.at("/states/ready/count").asInt()).isEqualTo(PEOPLE);
        realm.realm().site().setSearchTellsHashes(true);
        simulator.calls().reset();

        try {
            assertThat(previewed().path("states")).isEqualTo(asked.path("states"));
            started("?anew=true");
            assertThat(ended().path("states")).isEqualTo(asked.path("states"));
        } finally {
            realm.realm().site().setSearchTellsHashes(false);
        }

        assertThat(simulator.calls().count("accounts.getAccountInfo")).isZero();
    }

    @Test
    void a_run_that_fails_goes_on_where_it_was() {
        assertThat(started("?anew=true")).isEqualTo(202);
        var whole = ended();
        var refusal = Fault.errorCode(403007);
        simulator
                .faults()
                .onNth(
                        "accounts.search",
                        3,
                        Fault.after(() -> simulator.faults().on("accounts.search", refusal), refusal));
        assertThat(started("?anew=true")).isEqualTo(202);
        var failed = ended();
        assertThat(failed.path("status").asText()).isEqualTo("failed");
        assertThat(failed.path("reason").asText()).contains("403007");
        assertThat(failed.path("done").asInt()).isLessThan(PEOPLE);
        simulator.faults().clear();

        assertThat(started("")).isEqualTo(202);

        var ended = ended();
        assertThat(ended.path("states")).isEqualTo(whole.path("states"));
        assertThat(ended.path("done").asInt()).isEqualTo(PEOPLE);
    }

    @Test
    void a_file_of_accounts_does_as_well() {
        var uid = accounts.get(3).uid();
        var file = """
                {"UID":"%s","isActive":true,"isRegistered":true,"password":{"hash":"%s","created":"%s",\
                "hashSettings":{"algorithm":"pbkdf2_sha256","rounds":3000,"salt":"c2FsdA=="}}}
                no JSON
                """.formatted(uid, HASH, Instant.now());

        var preview = Json.parse(
                send("POST", "/preview", "application/x-ndjson", file).body());
        var done =
                Json.parse(send("POST", "/start", "application/x-ndjson", file).body());

        assertThat(done.at("/states/ready/count").asInt()).isEqualTo(1);
        assertThat(done.path("states")).isEqualTo(preview.path("states"));
        assertThat(done.path("status").asText()).isEqualTo("finished");
        assertThat(done.path("badLineNumbers")).isEqualTo(Json.parse("[2]"));
        assertThat(realm.userOf(accounts.get(3))
                        .at("/attributes/gigya.password/0")
                        .asText())
                .isEqualTo("transferred");
        assertThat(realm.realm().admin().adminEvents(realm.realm().name()))
                .noneMatch(event -> event.toString().contains(HASH))
                .extracting(event -> event.path("resourcePath").asText())
                .contains(told("preview-file"), told("start-file"));
        assertThat(send("POST", "/start", "image/png", file).status()).isEqualTo(415);
    }

    @Test
    void the_report_comes_as_json_as_csv_and_as_a_page() {
        accounts.forEach(Account::signedInAgain);
        started("");
        ended();

        var first = Json.parse(accepting("application/json", "/report?max=10").body());
        assertThat(first.path("users")).hasSize(10);
        var next = Json.parse(accepting(
                        "application/json",
                        "/report?max=1000&after=" + first.path("next").asText())
                .body());
        assertThat(next.path("users")).hasSize(PEOPLE - 10);
        assertThat(next.hasNonNull("next")).isFalse();
        assertThat(Instant.parse(first.at("/users/0/lastSignIn").textValue())).isBefore(Instant.now());
        var csv = accepting("text/csv", "/report");
        assertThat(csv.body().lines()).hasSize(PEOPLE + 1);
        assertThat(csv.body()).contains("sync1@example.com");
        assertThat(header(csv, "Content-Type")).startsWith("text/csv");
        assertThat(header(csv, "Content-Disposition")).contains("attachment");
        var page = accepting("text/html", "/report");
        assertThat(page.body()).contains(PEOPLE + " users").doesNotContain("sync1@example.com");
        assertThat(page.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .startsWith("default-src 'none'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("script-src");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(accepting("image/png", "/report").status()).isEqualTo(406);
    }

    @Test
    void it_is_for_who_manages_realm_and_users_and_knows_federations_of_gigya_alone() {
        var users = new UserAdmin(realm.realm());
        for (var role : List.of("manage-realm", "manage-users")) {
            var half = RealmAdministrator.create(users, realm.realm(), "half-" + role, role, "en");
            assertThat(half.send("GET", path(""), "").status()).isEqualTo(403);
            assertThat(half.send("POST", path("/preview"), "").status()).isEqualTo(403);
        }
        try (var another = SyncedRealm.create(keycloak, simulator, Map.of())) {
            var foreign = realm.path("gigya/leaving/" + another.realm().componentId());
            assertThat(realm.realm().admin().get(foreign).status()).isEqualTo(404);
        }
        assertThat(realm.realm().admin().get(realm.path("gigya/leaving/none")).status())
                .isEqualTo(404);
    }

    private static String header(Page answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private int started(String query) {
        return send("POST", "/start" + query, "application/json", "").status();
    }

    private JsonNode ended() {
        return ended("");
    }

    private JsonNode previewed() {
        assertThat(send("POST", "/preview", "application/json", "").status()).isEqualTo(202);
        return ended("/preview");
    }

    private JsonNode ended(String path) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !json("GET", path).path("status").asText().equals("running"));
        return json("GET", path);
    }

    private JsonNode json(String method, String path) {
        var answer = send(method, path, "application/json", "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body());
    }

    private Page accepting(String type, String path) {
        return request("GET", path, "application/json", "", type);
    }

    private Page send(String method, String path, String type, String body) {
        return request(method, path, type, body, "application/json");
    }

    private Page request(String method, String path, String type, String body, String accept) {
        var browser = realm.realm().login().browser();
        return browser.once(browser.request(URI.create(browser.server() + "/admin/" + path(path)))
                .setHeader("Accept", accept)
                .setHeader("Content-Type", type)
                .setHeader("Authorization", "Bearer " + administrator.token())
                .method(method, BodyPublishers.ofString(body))
                .build());
    }

    private String told(String what) {
        return "gigya/leaving/" + realm.realm().componentId() + "/" + what;
    }

    private String path(String below) {
        return realm.path("gigya/leaving/" + realm.realm().componentId() + below);
    }
}
