package io.github.keycloakgigya.it.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.Versions;
import io.github.keycloakgigya.server.AdminClient;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.SqlStatement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerStartsIT {

    private static final String REALM = "server-starts";

    private final KeycloakServer keycloak;
    private final AdminClient admin;

    ServerStartsIT(KeycloakServer keycloak) {
        this.keycloak = keycloak;
        this.admin = keycloak.admin();
    }

    @BeforeAll
    void create_a_realm() {
        admin.createRealm(Json.parse("""
                {"realm": "%s", "enabled": true}""".formatted(REALM)));
    }

    @AfterAll
    void delete_the_realm() {
        admin.deleteRealm(REALM);
    }

    @Test
    void the_server_runs_the_version_that_the_build_names() {
        assertThat(admin.get("serverinfo")
                        .succeeded()
                        .body()
                        .at("/systemInfo/version")
                        .asText())
                .isEqualTo(System.getProperty("keycloak.version"));
    }

    @Test
    void the_server_lists_the_providers_of_the_extension() {
        JsonNode info = admin.get("serverinfo").succeeded().body();

        assertThat(info.at("/componentTypes/org.keycloak.storage.UserStorageProvider")
                        .findValuesAsText("id"))
                .contains("gigya");
        assertThat(info.at("/providers/authenticator/providers").has("gigya-login"))
                .isTrue();
        assertThat(info.at("/providers/authenticator/providers").has("gigya-direct-grant"))
                .isTrue();
        assertThat(info.at("/providers/eventsListener/providers").has("gigya-sign-out"))
                .isTrue();
    }

    @Test
    void the_server_tells_the_version_of_the_extension() {
        assertThat(Versions.shownBy(keycloak)).hasSize(12).containsOnly(Versions.ofJar());
    }

    @Test
    void the_extension_writes_no_warning_when_the_server_starts() {
        // Up to Keycloak's own word that it has started: other tests provoke warnings afterwards.
        var untilStarted = keycloak.log().entries().stream()
                .takeWhile(entry -> !entry.message().contains(" started in "))
                .toList();

        assertThat(untilStarted)
                .isNotEmpty()
                .filteredOn(entry -> entry.category().startsWith("io.github.keycloakgigya"))
                .noneMatch(
                        entry -> entry.level().equals("WARN") || entry.level().equals("ERROR"));
        assertThat(untilStarted).noneMatch(entry -> entry.message().contains("at io.github.keycloakgigya."));
    }

    @Test
    void the_log_shows_every_row_that_a_new_user_writes() {
        keepUnmanagedAttributes();

        List<SqlStatement> statements = keycloak.sql().statementsDuring(() -> createUser("ann"));

        assertThat(inserts(statements, "USER_ENTITY")).isEqualTo(1);
        assertThat(inserts(statements, "USER_ATTRIBUTE")).isEqualTo(3);
    }

    @Test
    void the_log_shows_that_a_query_writes_no_user() {
        createUser("bob");

        List<SqlStatement> statements =
                keycloak.sql().statementsDuring(() -> admin.users(REALM, Map.of("username", "bob")));

        assertThat(statements).anyMatch(statement -> statement.reads("USER_ENTITY"));
        assertThat(statements).noneMatch(statement -> statement.writesTo(SqlStatement.USER_TABLES));
    }

    private static long inserts(List<SqlStatement> statements, String table) {
        return statements.stream()
                .filter(statement -> statement.kind() == SqlStatement.Kind.INSERT)
                .filter(statement -> statement.writesTo(Set.of(table)))
                .count();
    }

    private void keepUnmanagedAttributes() {
        String path = "realms/" + REALM + "/users/profile";
        ObjectNode profile = (ObjectNode) admin.get(path).succeeded().body();
        admin.put(path, profile.put("unmanagedAttributePolicy", "ENABLED")).succeeded();
    }

    private void createUser(String name) {
        JsonNode user = Json.parse("""
                {"username": "%s", "enabled": true, "attributes": {"color": ["red", "blue"], "size": ["7"]}}""".formatted(name));
        admin.post("realms/" + REALM + "/users", user).succeeded();
    }
}
