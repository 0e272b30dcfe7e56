package io.github.keycloakgigya;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.keycloakgigya.server.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.util.JsonSerialization;

/** The manifests in {@code docs/examples/kubernetes} are such as Keycloak's operator takes, and fit together. */
class KubernetesExampleTest {

    private static final Path DIRECTORY = Path.of("docs", "examples", "kubernetes");
    private static final YAMLMapper YAML = new YAMLMapper();

    // As the operator's classes KeycloakSpec, DatabaseSpec and KeycloakRealmImportSpec have them in Keycloak's source
    // (v2alpha1); neither the operator nor its definitions are in Maven's repository. Kubernetes drops other fields
    // without a word.
    private static final String API = "k8s.keycloak.org/v2alpha1";
    private static final Set<String> KEYCLOAK_SPEC = Set.of(
            "instances",
            "image",
            "startOptimized",
            "imagePullSecrets",
            "additionalOptions",
            "env",
            "http",
            "unsupported",
            "ingress",
            "features",
            "transaction",
            "db",
            "hostname",
            "truststores",
            "cache",
            "resources",
            "proxy",
            "httpManagement",
            "scheduling",
            "bootstrapAdmin",
            "networkPolicy",
            "tracing",
            "update",
            "readinessProbe",
            "livenessProbe",
            "startupProbe",
            "serviceMonitor");
    private static final Set<String> DATABASE = Set.of(
            "vendor",
            "usernameSecret",
            "passwordSecret",
            "host",
            "database",
            "url",
            "port",
            "schema",
            "poolInitialSize",
            "poolMinSize",
            "poolMaxSize");

    private final JsonNode keycloak = manifest("keycloak.yaml");
    private final JsonNode realm = manifest("realm.yaml");

    @Test
    void keycloak_has_no_field_that_the_operator_does_not_know() {
        assertThat(keycloak.path("apiVersion").asText()).isEqualTo(API);
        assertThat(keycloak.path("kind").asText()).isEqualTo("Keycloak");

        assertThat(names(keycloak.path("spec"))).isSubsetOf(KEYCLOAK_SPEC);
        assertThat(names(keycloak.at("/spec/db"))).isSubsetOf(DATABASE);
        for (var secret : List.of("usernameSecret", "passwordSecret")) {
            assertThat(names(keycloak.at("/spec/db").path(secret))).containsExactlyInAnyOrder("name", "key");
        }
        keycloak.at("/spec/additionalOptions")
                .forEach(option -> assertThat(names(option)).containsExactlyInAnyOrder("name", "value"));
        assertThat(names(keycloak.at("/spec/unsupported"))).containsExactly("podTemplate");
    }

    @Test
    void the_realm_import_has_no_field_that_the_operator_or_keycloak_does_not_know() throws IOException {
        assertThat(realm.path("apiVersion").asText()).isEqualTo(API);
        assertThat(realm.path("kind").asText()).isEqualTo("KeycloakRealmImport");
        assertThat(names(realm.path("spec"))).containsExactlyInAnyOrder("keycloakCRName", "placeholders", "realm");
        realm.at("/spec/placeholders")
                .forEach(placeholder ->
                        assertThat(names(placeholder.path("secret"))).containsExactlyInAnyOrder("name", "key"));

        assertThat(JsonSerialization.readValue(realm.at("/spec/realm").toString(), RealmRepresentation.class)
                        .getRealm())
                .isEqualTo("shop");
    }

    @Test
    void the_realm_is_that_of_the_realm_file_with_its_secrets_in_the_vault() throws IOException {
        var file = Files.readString(Path.of("docs/examples/shop-realm.json"));

        assertThat(realm.at("/spec/realm")).isEqualTo(Json.parse(file.replace("${GIGYA_SECRET}", "${vault.gigya}")));
    }

    @Test
    void what_a_manifest_takes_from_a_secret_is_there_and_no_value_is_given_away() {
        var secrets = manifests("secrets.yaml");

        realm.at("/spec/placeholders")
                .forEach(placeholder -> assertThat(secrets).anySatisfy(secret -> {
                    assertThat(name(secret))
                            .isEqualTo(placeholder.at("/secret/name").asText());
                    assertThat(secret.path("stringData")
                                    .has(placeholder.at("/secret/key").asText()))
                            .isTrue();
                }));
        var vault = keycloak.at("/spec/unsupported/podTemplate/spec/volumes/0/secret/secretName")
                .asText();
        assertThat(secrets).anySatisfy(secret -> {
            assertThat(name(secret)).isEqualTo(vault);
            assertThat(secret.at("/stringData/shop_gigya").asText("missing")).isEmpty();
        });
        assertThat(realm.at("/spec/keycloakCRName").asText()).isEqualTo(name(keycloak));
    }

    @Test
    void the_vault_is_mounted_where_keycloak_looks_for_it() {
        var mount = keycloak.at("/spec/unsupported/podTemplate/spec/containers/0/volumeMounts/0");

        assertThat(keycloak.at("/spec/additionalOptions/0/name").asText()).isEqualTo("vault-dir");
        assertThat(keycloak.at("/spec/additionalOptions/0/value").asText())
                .isEqualTo(mount.path("mountPath").asText());
        assertThat(keycloak.at("/spec/unsupported/podTemplate/spec/volumes/0/name")
                        .asText())
                .isEqualTo(mount.path("name").asText());
    }

    @Test
    void the_image_is_made_of_the_keycloak_that_the_tests_run() throws IOException {
        var pom = Files.readString(Path.of("pom.xml"));
        var version = pom.replaceFirst("(?s).*<keycloak.server.version>(.+?)</.*", "$1");

        assertThat(Files.readString(DIRECTORY.resolve("Dockerfile")))
                .contains("FROM quay.io/keycloak/keycloak:" + version + " AS build")
                .contains("--vault=file");
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static String name(JsonNode manifest) {
        return manifest.at("/metadata/name").asText();
    }

    private static JsonNode manifest(String file) {
        return manifests(file).get(0);
    }

    private static List<JsonNode> manifests(String file) {
        try (var values = YAML.readerFor(JsonNode.class)
                .<JsonNode>readValues(DIRECTORY.resolve(file).toFile())) {
            return values.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
