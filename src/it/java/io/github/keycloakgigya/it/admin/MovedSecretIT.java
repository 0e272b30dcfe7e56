package io.github.keycloakgigya.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.RealmAdministrator;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.GigyaPage;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An editor who may not read a site's secret tries to have it sent to a host of theirs. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MovedSecretIT {

    private static final String MASK = "**********";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaSimulator editors;
    private BrokeredRealm realm;
    private UserAdmin users;
    private RealmAdministrator editor;

    MovedSecretIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm_and_the_editors_host() {
        editors = simulator.startSibling();
        realm = BrokeredRealm.withFederation(keycloak, simulator, Map.of(), Map.of());
        users = new UserAdmin(realm.realm());
        users.allowPasswords();
        users.changeRealm("""
                {"organizationsEnabled": true}""");
    }

    @BeforeEach
    void save_the_provider_anew() {
        editor = RealmAdministrator.create(
                users, realm.realm(), "editor-" + System.nanoTime(), "manage-identity-providers", "en");
        realm.realm().admin().delete(realm.path());
        realm.addProvider(BrokeredRealm.ALIAS, realm.realm().site(), Map.of());
    }

    @AfterEach
    void nothing_was_sent_to_the_editor() {
        signInAnyhow();

        assertThat(editors.calls().all()).isEmpty();
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
        editors.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gigya", "oidc", "keycloak-oidc", "oauth2", "saml", "google", "github"})
    void the_kind_that_the_body_names_does_not_move_it(String kind) {
        var before = provider();

        var answer = editor.send("PUT", realm.path(), moved(kind, MASK).toString());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(provider()).isEqualTo(before);
        assertStillWorks();
    }

    @Test
    void nor_does_it_say_that_a_secret_was_typed_for_a_host_that_is_not_checked() {
        var answer = editor.send("PUT", realm.path(), moved("oidc", "dHlwZWQ=").toString());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Json.parse(answer.body()).path("errorMessage").asText())
                .contains("is of the kind gigya", BrokeredRealm.ALIAS);
        assertStillWorks();
    }

    @Test
    void a_provider_of_another_kind_does_not_become_one_of_gigya() {
        var oidc = moved("oidc", "dHlwZWQ=").put("alias", "other-" + System.nanoTime());
        realm.realm().admin().post(realm.providers(), oidc).succeeded();

        var answer = editor.send(
                "PUT",
                realm.providers() + "/" + oidc.path("alias").asText(),
                oidc.put("providerId", "gigya").toString());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Json.parse(answer.body()).path("errorMessage").asText()).contains("is of the kind oidc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gigya", "oidc"})
    void a_provider_of_an_organization_keeps_it_too(String kind) {
        var organization = realm.realm()
                .admin()
                .post("realms/" + realm.realm().name() + "/organizations", Json.parse("""
                        {"name": "shops-%1$s", "alias": "shops-%1$s", "domains": [{"name": "%1$s.example.com"}]}""".formatted(kind)))
                .createdId();
        realm.realm()
                .admin()
                .post(
                        "realms/" + realm.realm().name() + "/organizations/" + organization + "/identity-providers",
                        new TextNode(BrokeredRealm.ALIAS))
                .succeeded();

        var answer = editor.send("PUT", realm.path(), moved(kind, MASK).toString());

        assertThat(answer.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gigya", "oidc"})
    void a_partial_import_that_overwrites_does_not_move_it(String kind) {
        var file = (ObjectNode) Json.parse("""
                {"ifResourceExists": "OVERWRITE"}""");
        file.putArray("identityProviders").add(moved(kind, MASK));

        realm.realm().admin().post("realms/" + realm.realm().name() + "/partialImport", file);
        realm.realm().admin().put(realm.path(), moved("gigya", MASK));
    }

    @Test
    void a_federation_that_becomes_something_else_and_one_again_does_not_move_it() {
        var path = users.path("components/" + realm.realm().componentId());
        var before = realm.realm().admin().get(path).succeeded().body();
        var as = (ObjectNode) before.deepCopy();
        ((ObjectNode) as.get("config")).putArray("apiDomain").add(editors.apiDomain());
        ((ObjectNode) as.get("config")).putArray("authorizationMethod").add("secret");

        for (var kind : new String[] {"ldap", "kerberos", "gigya"}) {
            realm.realm().admin().put(path, as.deepCopy().put("providerId", kind));
        }

        var answer = realm.realm().admin().put(path, as);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("errorMessage").asText()).contains("enter the secret again");
        realm.realm().admin().put(path, before).succeeded();
        var account = realm.realm().site().add(BrokeredRealm.person("back"));
        assertThat(realm.realm().signIn(account).subject()).isNotNull();
        assertThat(realm.realm()
                        .admin()
                        .post("realms/" + realm.realm().name() + "/gigya/test-connection", as)
                        .body()
                        .toString())
                .contains("enter the secret again");
    }

    @Test
    void a_reference_to_the_vault_does_not_move_under_the_name_of_another_kind() {
        keycloak.putSecret(realm.realm().name(), "plain", realm.realm().site().partnerSecret());

        var answer =
                editor.send("PUT", realm.path(), moved("oidc", "${vault.plain}").toString());

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void an_entry_of_the_vault_that_says_what_it_is_for_serves_that_alone() {
        keycloak.putSecret(realm.realm().name(), "bound", """
                {"secret": "%s", "dataCenter": "us1", "apiDomain": "%s", "apiKey": "%s"}
                """.formatted(
                        realm.realm().site().partnerSecret(),
                        simulator.apiDomain(),
                        realm.realm().site().apiKey()));

        realm.configure(Map.of("clientSecret", "${vault.bound}"));
        assertStillWorks();
        var moved = editor.send(
                "PUT", realm.path(), moved("gigya", "${vault.bound}").toString());
        var forOtherKey = (ObjectNode) provider();
        ((ObjectNode) forOtherKey.get("config")).put("clientId", "3_" + "o".repeat(64));
        var other = editor.send("PUT", realm.path(), forOtherKey.toString());

        assertThat(moved.status()).isEqualTo(400);
        assertThat(other.status()).isEqualTo(400);
        assertThat(Json.parse(other.body()).path("errorMessage").asText())
                .contains("says that its secret is for another host, API key");
        assertStillWorks();
    }

    /** The provider as the editor sends it: moved to the editor's host, where the secret would arrive in clear text. */
    private ObjectNode moved(String kind, String secret) {
        var provider = realm.provider(
                BrokeredRealm.ALIAS,
                realm.realm().site(),
                Map.of(
                        "apiDomain",
                        editors.apiDomain(),
                        "authorizationMethod",
                        "secret",
                        "clientSecret",
                        secret,
                        // What other kinds ask for.
                        "authorizationUrl",
                        "https://example.com/a",
                        "tokenUrl",
                        "https://example.com/t",
                        "singleSignOnServiceUrl",
                        "https://example.com/s"));
        return provider.put("providerId", kind);
    }

    private JsonNode provider() {
        return realm.realm().admin().get(realm.path()).succeeded().body();
    }

    private void assertStillWorks() {
        var account = realm.realm().site().add(BrokeredRealm.person("p" + System.nanoTime()));
        assertThat(realm.signIn(account).subject()).isNotNull();
    }

    // What anybody can do at the login page, and what makes Keycloak call Gigya.
    private void signInAnyhow() {
        var account = realm.realm().site().add(BrokeredRealm.person("a" + System.nanoTime()));
        var visitor = realm.visit();
        if (GigyaPage.isOn(visitor.page())) {
            visitor.post(realm.realm().proofOf(account, visitor.audience()));
        }
    }
}
