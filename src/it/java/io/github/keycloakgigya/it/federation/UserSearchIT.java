package io.github.keycloakgigya.it.federation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An administrator searches for people whom nobody has imported yet. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserSearchIT {

    private static final Map<String, Integer> ONE_CALL = Map.of("accounts.search", 1);

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;
    private UserAdmin users;
    private Account zora;

    UserSearchIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, simulator);
        users = new UserAdmin(realm);
        zora = realm.site()
                .add(Account.builder()
                        .uid("Zora:/+=ü")
                        .verifiedEmail("zora@example.com")
                        .profile("firstName", "Zora")
                        .profile("lastName", "Quillfeather")
                        .data("interests", List.of("falconry", "chess")));
        realm.site()
                .add(Account.builder()
                        .verifiedEmail("hidden@example.com")
                        .profile("lastName", "Quillfeather")
                        .disabled());
        realm.site()
                .add(Account.builder()
                        .verifiedEmail("pending@example.com")
                        .profile("lastName", "Quillfeather")
                        .pendingRegistration());
    }

    @BeforeEach
    void forget_calls() {
        simulator.calls().reset();
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "search | Zora",
                "search | zor",
                "search | *llfeath*",
                "search | \"Quillfeather\"",
                "search | zora quill",
                "search | zora@example.com",
                "search | Zora:/+=ü",
                "username | zora@",
                "email | zora",
                "firstName | ora",
                "lastName | Quill",
                "q | interests:falconry",
                "q | \"gigya.uid\":\"Zora:/+=ü\"",
            })
    void a_search_shows_who_was_never_imported_by_one_call_and_imports_nobody(String parameter, String value) {
        var found = search(Map.of(parameter, value));

        assertThat(simulator.calls().counts()).isEqualTo(ONE_CALL);
        assertThat(found).extracting(UserSearchIT::uid).containsExactly(zora.uid());
        assertThat(found.get(0).path("email").asText()).isEqualTo("zora@example.com");
        assertThat(found.get(0).path("emailVerified").asBoolean()).isTrue();
        assertThat(users.byUsername("zora@example.com").orElseThrow().path("id").asText())
                .startsWith("f:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "search | Zora nobody",
                "search | \"Quill\"",
                "search | zora\" OR UID != \"x",
                "search | zo\\ra",
                "lastName | Quill\" OR UID != \"x",
                "q | unmapped:falconry",
                "q | interests:falconry\" OR UID != \"x",
                "idpAlias | google",
                "emailVerified | true",
            })
    void what_no_account_meets_shows_nobody_and_is_no_error(String parameter, String value) {
        assertThat(search(Map.of(parameter, value))).noneMatch(user -> uid(user).equals(zora.uid()));
    }

    @Test
    void an_exact_search_wants_the_whole_value() {
        assertThat(search(Map.of("lastName", "Quill", "exact", "true"))).isEmpty();
        assertThat(search(Map.of("lastName", "Quillfeather", "exact", "true"))).hasSize(1);
    }

    @Test
    void to_open_a_found_person_imports_them_and_nobody_else() {
        var account = realm.site().add(Account.builder().uid("To/Open:+=").verifiedEmail("open@example.com"));
        var found =
                search(Map.of("search", "open@example.com")).get(0).path("id").asText();
        simulator.calls().reset();

        var opened = realm.admin().get(users.path("users/" + found)).succeeded().body();
        var roles = users.realmRoles(found);

        assertThat(simulator.calls().counts()).isEqualTo(ONE_CALL);
        assertThat(opened.path("id").asText()).doesNotStartWith("f:");
        assertThat(opened.path("federationLink").asText()).isEqualTo(realm.componentId());
        assertThat(roles).contains("default-roles-" + realm.name());
        assertThat(realm.signIn(account).subject()).isEqualTo(opened.path("id").asText());
        assertThat(search(Map.of("search", "open@example.com")))
                .extracting(user -> user.path("id").asText())
                .containsExactly(opened.path("id").asText());
    }

    @Test
    void pages_show_everybody_once_whether_imported_or_not_by_one_call_each() {
        var all = new ArrayList<String>();
        for (int i = 0; i < 12; i++) {
            var account = realm.site()
                    .add(Account.builder()
                            .verifiedEmail("page" + i + "@pages.example")
                            .profile("lastName", "Pagesson"));
            all.add(account.uid());
            if (i % 3 == 0) {
                realm.signIn(account);
            }
        }
        var shown = new ArrayList<String>();
        for (int first = 0; first < 15; first += 5) {
            simulator.calls().reset();
            search(Map.of("search", "Pagesson", "first", "" + first, "max", "5"))
                    .forEach(user -> shown.add(uid(user)));
            assertThat(simulator.calls().count("accounts.search")).isLessThanOrEqualTo(1);
        }

        assertThat(shown).containsExactlyInAnyOrderElementsOf(all);
        simulator.calls().reset();
        assertThat(count("search=Pagesson")).isEqualTo(12);
        assertThat(simulator.calls().counts()).isEqualTo(ONE_CALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "search=*", "search=", "max=10"})
    void a_list_of_all_shows_whom_keycloak_holds_and_asks_nothing(String query) {
        var held = realm.admin().get(users.path("users?" + query)).succeeded().body();

        assertThat(held).noneMatch(user -> user.path("id").asText().startsWith("f:"));
        assertThat(count(query)).isEqualTo(count(""));
        assertThat(simulator.calls().counts()).isEmpty();
    }

    @Test
    void a_page_that_keycloak_fills_by_itself_asks_nothing() {
        for (int i = 0; i < 3; i++) {
            realm.signIn(realm.site()
                    .add(Account.builder()
                            .verifiedEmail("full" + i + "@example.com")
                            .profile("lastName", "Fullpage")));
        }
        realm.admin().post(users.path("clear-user-cache"), Json.parse("{}")).succeeded();
        simulator.calls().reset();

        assertThat(search(Map.of("search", "Fullpage", "max", "3"))).hasSize(3);

        assertThat(simulator.calls().counts()).isEmpty();
    }

    private List<JsonNode> search(Map<String, String> parameters) {
        return realm.admin().users(realm.name(), new HashMap<>(parameters));
    }

    private int count(String query) {
        return realm.admin()
                .get(users.path("users/count?" + query))
                .succeeded()
                .body()
                .asInt();
    }

    private static String uid(JsonNode user) {
        return user.at("/attributes/gigya.uid/0").asText();
    }
}
