package io.github.keycloakgigya.it.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.Sample;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.Shell;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.ApplicationKey;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/examples/configure.sh}, and the commands of {@code docs/configuration-as-code.md} for a running server.
 * Each test leaves the realm as the file says, with the secret in the vault.
 */
@OnlyInFullBuild
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfigurationScriptIT {

    private static final String TYPE = "org.keycloak.storage.UserStorageProvider";
    private static final String COPY = "copy";
    private static final String JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xlog:disable";
    private static final String MASK = "**********";

    private final KeycloakServer keycloak;
    private final Path directory;
    private final Path arguments;
    private ApplicationKey key = ApplicationKey.random();
    private ShopRealm shop;
    private String firstRun;

    ConfigurationScriptIT(KeycloakServer keycloak, GigyaSimulator simulator, @TempDir Path directory) {
        this.keycloak = keycloak;
        this.directory = directory;
        this.arguments = directory.resolve("arguments.log");
        this.shop = ShopRealm.of(simulator, key);
    }

    @BeforeAll
    void run_it_for_the_first_time() throws IOException {
        Shell.requireJq();
        copyExamples();
        intoTheVault(key.secret());
        archiveClasses();
        var environment = environment(ShopRealm.VAULT_REFERENCE);
        environment.put("KCADM", recorded(kcadm()).toString());
        environment.put("PATH", recorded(Path.of("/usr/bin/jq")).getParent() + ":" + System.getenv("PATH"));
        firstRun = Shell.run(ConfigurationPage.SCRIPT.script(), environment, directory);
    }

    // kcadm.sh starts Java for each call, which most of the time of these tests goes into.
    private void archiveClasses() {
        var environment = environment(key.secret());
        environment.put("KC_OPTS", JAVA + " -XX:ArchiveClassesAtExit=" + classes());
        Shell.run(ConfigurationPage.LOG_IN.script(), environment, directory);
    }

    private Path classes() {
        return directory.resolve("kcadm.jsa");
    }

    private void copyExamples() throws IOException {
        for (var file : List.of(ShopRealm.FILE, ShopRealm.EXAMPLES.resolve("configure.sh"))) {
            Files.copy(file, directory.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        // The test of the connection has its own tests, and a deadline that a busy machine may miss.
        change(
                "\"importEnabled\": [\"true\"]",
                "\"importEnabled\": [\"true\"], \"checkConnectionOnSave\": [\"false\"]");
    }

    /** {@return a program that notes its arguments before it does what another one does} */
    private Path recorded(Path program) throws IOException {
        var recorded = Files.createDirectories(directory.resolve("recorded")).resolve(program.getFileName());
        Files.writeString(
                recorded,
                "#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\" >> " + arguments + "\nexec " + program + " \"$@\"\n");
        assertThat(recorded.toFile().setExecutable(true)).isTrue();
        return recorded;
    }

    @AfterAll
    void delete_the_realms() {
        for (var realm : List.of(ShopRealm.NAME, COPY)) {
            keycloak.admin().delete("realms/" + realm);
        }
    }

    @Test
    void people_sign_in_after_it_and_a_second_run_writes_nothing() {
        assertThat(firstRun).contains("creates the realm shop", "creates the user federation gigya");
        shop.letsIn(keycloak);
        var before = export();
        keycloak.admin().delete("realms/" + ShopRealm.NAME + "/admin-events").succeeded();

        assertThat(run(ConfigurationPage.SCRIPT, ShopRealm.VAULT_REFERENCE)).isEmpty();

        assertThat(keycloak.admin().adminEvents(ShopRealm.NAME)).isEmpty();
        assertThat(export()).isEqualTo(before);
    }

    @Test
    void what_the_file_says_otherwise_is_changed_and_nothing_else() throws IOException {
        setByHand();
        change("\"passwordCheck\": [\"gigya\"]", "\"passwordCheck\": [\"off\"]");
        change("\"proofMaxAgeSeconds\": \"60\"", "\"proofMaxAgeSeconds\": \"90\"");
        change("\"displayName\": \"Shop account\"", "\"displayName\": \"Club account\"");
        change("\"value\": \"gold\"", "\"value\": \"platinum\"");

        assertThat(run(ConfigurationPage.SCRIPT, ShopRealm.VAULT_REFERENCE).lines())
                .containsExactly(
                        "changes the user federation gigya",
                        "changes the settings of the step gigya-login",
                        "changes the identity provider gigya",
                        "changes the mapper gold members");

        var federation = federation(ShopRealm.NAME).path("config");
        assertThat(federation.at("/passwordCheck/0").asText()).isEqualTo("off");
        assertThat(federation.at("/secret/0").asText()).isEqualTo(ShopRealm.VAULT_REFERENCE);
        assertThat(federation.at("/searchPageSize/0").asText()).isEqualTo("500");
        assertThat(provider(ShopRealm.NAME).path("displayName").asText()).isEqualTo("Club account");
        assertThat(mappersOf(ShopRealm.NAME)).contains("by hand");
        copyExamples();
        run(ConfigurationPage.SCRIPT, ShopRealm.VAULT_REFERENCE);
    }

    /** Adds a setting of the federation and a mapper that the file does not name. */
    private void setByHand() {
        var federation = (ObjectNode) federation(ShopRealm.NAME);
        ((ObjectNode) federation.get("config")).putArray("searchPageSize").add("500");
        keycloak.admin().updateComponent(ShopRealm.NAME, federation.path("id").asText(), federation);
        keycloak.admin()
                .post("realms/" + ShopRealm.NAME + "/identity-provider/instances/gigya/mappers", Json.parse("""
                        {"name": "by hand", "identityProviderAlias": "gigya",
                         "identityProviderMapper": "gigya-attribute-mapper",
                         "config": {"syncMode": "INHERIT", "field": "data.interests", "user.attribute": "hobbies"}}"""))
                .succeeded();
    }

    @Test
    void no_program_has_a_secret_among_its_arguments() throws IOException {
        var words = Files.readAllLines(arguments);

        assertThat(words)
                .contains(recorded(kcadm()).toString(), "users/profile")
                .doesNotContain("--password", "--secret");
        // The name of the administrator, which is the password here, stands behind --user and nowhere else.
        assertThat(words.stream().filter(KeycloakServer.ADMIN::equals)).hasSize(1);
        assertThat(words).noneMatch(word -> word.contains(ShopRealm.VAULT_REFERENCE));
    }

    @Test
    void a_variable_without_a_value_stops_it_before_anything_is_done() throws IOException {
        change("\"realm\": \"shop\"", "\"realm\": \"never\"");
        var environment = environment(key.secret());
        environment.remove("GIGYA_API_KEY");

        assertThatThrownBy(() -> Shell.run(ConfigurationPage.SCRIPT.script(), environment, directory))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("GIGYA_API_KEY has no value");
        copyExamples();

        assertThat(keycloak.admin().get("realms/never").status()).isEqualTo(404);
    }

    @Test
    void a_secret_goes_into_the_vault_and_a_new_one_counts_at_once() {
        shop.letsIn(keycloak);

        key = key.withNewSecret();
        shop.changeSecret(key);
        shop.isMisconfigured(keycloak);
        intoTheVault(key.secret());

        shop.letsIn(keycloak);
    }

    @Test
    void parts_of_a_realm_work_in_another_one_whose_vault_has_the_secret() {
        keycloak.putSecret(COPY, ShopRealm.VAULT_ENTRY, key.secret());
        createRealmForCopies();

        exportParts();
        run(ConfigurationPage.COPY_FEDERATION, ShopRealm.VAULT_REFERENCE);
        run(ConfigurationPage.COPY_PROVIDER, ShopRealm.VAULT_REFERENCE);

        assertThat(federation(COPY).path("config"))
                .isEqualTo(federation(ShopRealm.NAME).path("config"));
        assertThat(provider(COPY).at("/config/clientSecret").asText()).isEqualTo(ShopRealm.VAULT_REFERENCE);
        assertThat(mappersOf(COPY)).contains("loyalty level", "gold members");
    }

    @Test
    void a_secret_that_keycloak_holds_itself_is_changed_where_that_is_asked_for_and_gets_lost_in_copies() {
        assertThat(run(ConfigurationPage.NEW_SECRETS, key.secret()).lines())
                .containsExactly("changes the user federation gigya", "changes the identity provider gigya");
        assertThat(federation(ShopRealm.NAME).at("/config/secret/0").asText()).isEqualTo(MASK);
        shop.letsIn(keycloak);

        key = key.withNewSecret();
        shop.changeSecret(key);
        assertThat(run(ConfigurationPage.SCRIPT, key.secret())).isEmpty();
        shop.isMisconfigured(keycloak);
        run(ConfigurationPage.NEW_SECRETS, key.secret());
        shop.letsIn(keycloak);

        createRealmForCopies();
        exportParts();
        assertThatThrownBy(() -> run(ConfigurationPage.COPY_FEDERATION, key.secret()))
                .isInstanceOf(AssertionError.class);
        assertThat(keycloak.admin().components(COPY, TYPE)).isEmpty();
        run(ConfigurationPage.COPY_PROVIDER, key.secret());
        assertThat(provider(COPY).at("/config/clientSecret").asText()).isEqualTo(MASK);

        intoTheVault(key.secret());
        run(ConfigurationPage.NEW_SECRETS, ShopRealm.VAULT_REFERENCE);
        shop.letsIn(keycloak);
    }

    @Test
    void another_application_needs_no_more_than_its_secret_in_the_vault() {
        key = ApplicationKey.random();
        shop.changeSecret(key);
        shop = shop.withUserKey(key.userKey());
        intoTheVault(key.secret());

        run(ConfigurationPage.NEW_SECRETS, ShopRealm.VAULT_REFERENCE);

        assertThat(federation(ShopRealm.NAME).at("/config/secret/0").asText()).isEqualTo(ShopRealm.VAULT_REFERENCE);
        shop.letsIn(keycloak);
    }

    @Test
    void an_administrator_tests_the_connection_at_any_time() {
        run(ConfigurationPage.LOG_IN, ShopRealm.VAULT_REFERENCE);

        assertThat(statusOf(run(ConfigurationPage.TEST_CONNECTION, ShopRealm.VAULT_REFERENCE)))
                .isEqualTo("ok");
    }

    @Test
    void an_administrator_tests_the_settings_of_an_identity_provider() {
        run(ConfigurationPage.LOG_IN, key.secret());

        assertThat(statusOf(run(ConfigurationPage.TEST_PROVIDER, key.secret()))).isEqualTo("ok");
        assertThat(statusOf(run(ConfigurationPage.TEST_PROVIDER, shop.site().partnerSecret())))
                .isEqualTo("failed");
    }

    @Test
    void each_sample_of_the_page_is_run_by_a_test() {
        assertThat(ConfigurationPage.samples())
                .extracting(Sample::heading)
                .containsExactlyInAnyOrder(Stream.of(ConfigurationPage.values())
                        .map(ConfigurationPage::heading)
                        .toArray(String[]::new));
    }

    private void intoTheVault(String secret) {
        Shell.run(ConfigurationPage.VAULT.script(), Map.of("GIGYA_SECRET", secret), keycloak.home());
    }

    private void createRealmForCopies() {
        keycloak.admin().delete("realms/" + COPY);
        keycloak.admin().createRealm(Json.parse("{\"realm\": \"" + COPY + "\", \"enabled\": true}"));
    }

    private void exportParts() {
        run(ConfigurationPage.LOG_IN, key.secret());
        run(ConfigurationPage.EXPORT, key.secret());
    }

    private String run(ConfigurationPage sample, String secret) {
        return Shell.run(sample.script(), environment(secret), directory);
    }

    private Map<String, String> environment(String secret) {
        var environment = shop.variables(secret);
        environment.put("KEYCLOAK_URL", keycloak.address().toString());
        environment.put("KC_CLI_PASSWORD", KeycloakServer.ADMIN);
        environment.put("PATH", kcadm().getParent() + ":" + System.getenv("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("HOME", directory.toString());
        environment.put("KC_OPTS", JAVA + " -XX:SharedArchiveFile=" + classes());
        return environment;
    }

    private Path kcadm() {
        return keycloak.home().resolve("bin").resolve("kcadm.sh").toAbsolutePath();
    }

    private JsonNode federation(String realm) {
        var federations = keycloak.admin().components(realm, TYPE);
        assertThat(federations).hasSize(1);
        return federations.get(0);
    }

    private JsonNode provider(String realm) {
        return keycloak.admin().get(providerOf(realm)).succeeded().body();
    }

    private List<String> mappersOf(String realm) {
        return keycloak.admin()
                .get(providerOf(realm) + "/mappers")
                .succeeded()
                .body()
                .findValuesAsText("name");
    }

    private static String providerOf(String realm) {
        return "realms/" + realm + "/identity-provider/instances/gigya";
    }

    private JsonNode export() {
        return keycloak.admin()
                .post(
                        "realms/" + ShopRealm.NAME + "/partial-export?exportClients=true&exportGroupsAndRoles=true",
                        Json.parse(""))
                .succeeded()
                .body();
    }

    private void change(String from, String to) throws IOException {
        var file = directory.resolve(ShopRealm.FILE.getFileName());
        var text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private static String statusOf(String answer) {
        return Json.parse(answer).path("status").asText();
    }
}
