package io.github.keycloakgigya;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.authentication.GigyaAuthenticatorFactory;
import io.github.keycloakgigya.authentication.ReleasedCondition;
import io.github.keycloakgigya.broker.GigyaIdentityProviderFactory;
import io.github.keycloakgigya.broker.mapper.GigyaAttributeMapper;
import io.github.keycloakgigya.broker.mapper.GigyaRoleMapper;
import io.github.keycloakgigya.it.manual.TerraformFiles;
import io.github.keycloakgigya.it.manual.TerraformResource;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.storage.GigyaUserStorageProviderFactory;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.keycloak.provider.ProviderConfigProperty;

/** The files in {@code docs/examples} name settings that are there, give them values that they take, and hold no secret. */
class ExamplesTest {

    private static final Set<String> OF_FEDERATIONS =
            Set.of("enabled", "priority", "cachePolicy", "fullSyncPeriod", "changedSyncPeriod");
    private static final Set<String> OF_PROVIDERS = Set.of("clientId", "clientSecret", "syncMode");
    private static final Set<String> OF_MAPPERS = Set.of("syncMode");
    private static final String VAULT = "$${vault.gigya}";

    private final JsonNode realm = Json.read(Path.of("docs/examples/shop-realm.json"));

    @Test
    void the_realm_file_names_settings_that_are_there() {
        var federation = new LinkedHashMap<String, String>();
        realm.at("/components/org.keycloak.storage.UserStorageProvider/0/config")
                .properties()
                .forEach(setting -> federation.put(
                        setting.getKey(), setting.getValue().path(0).asText()));

        assertOffered(federation, OF_FEDERATIONS, new GigyaUserStorageProviderFactory().getConfigProperties());
        assertOffered(
                texts(realm.at("/identityProviders/0/config")),
                OF_PROVIDERS,
                new GigyaIdentityProviderFactory().getConfigProperties());
        assertOffered(
                texts(realm.at("/authenticatorConfig/0/config")),
                Set.of(),
                new GigyaAuthenticatorFactory().getConfigProperties());
        realm.path("identityProviderMappers")
                .forEach(mapper -> assertOffered(
                        texts(mapper.path("config")),
                        OF_MAPPERS,
                        mapperProperties(mapper.path("identityProviderMapper").asText())));
    }

    @Test
    void the_realm_file_of_who_leaves_names_settings_that_are_there_and_takes_its_secret_from_a_variable() {
        var leaving = Json.read(Path.of("docs/examples/leaving-realm.json"));
        var federation = new LinkedHashMap<String, String>();
        leaving.at("/components/org.keycloak.storage.UserStorageProvider/0/config")
                .properties()
                .forEach(setting -> federation.put(
                        setting.getKey(), setting.getValue().path(0).asText()));

        assertOffered(federation, OF_FEDERATIONS, new GigyaUserStorageProviderFactory().getConfigProperties());
        assertOffered(
                texts(leaving.at("/authenticatorConfig/0/config")),
                Set.of(),
                new GigyaAuthenticatorFactory().getConfigProperties());
        assertThat(federation).containsEntry("secret", "${GIGYA_SECRET}");
        assertThat(leaving.findValuesAsText("authenticator")).contains(ReleasedCondition.PROVIDER_ID);
    }

    @Test
    void the_realm_file_takes_every_secret_from_a_variable() {
        assertThat(realm.findValuesAsText("clientSecret")).containsExactly("${GIGYA_SECRET}");
        assertThat(realm.findValues("secret"))
                .extracting(secret -> secret.path(0).asText())
                .containsExactly("${GIGYA_SECRET}");
    }

    @Test
    void every_attribute_that_something_maps_is_in_the_user_profile_of_the_realm_file() {
        var profile = Json.parse(realm.at("/components/org.keycloak.userprofile.UserProfileProvider/0/config")
                .path("kc.user.profile.config")
                .path(0)
                .asText());
        var mappings =
                Json.parse(realm.at("/components/org.keycloak.storage.UserStorageProvider/0/config/fieldMappings/0")
                        .asText());

        assertThat(profile.path("attributes").findValuesAsText("name"))
                .containsAll(mappings.findValuesAsText("value"))
                .contains(realm.at("/identityProviderMappers/0/config/user.attribute")
                        .asText());
    }

    @Test
    void the_terraform_files_name_settings_that_are_there() {
        assertOffered(
                terraform("keycloak_custom_user_federation", "config"),
                Set.of(),
                new GigyaUserStorageProviderFactory().getConfigProperties());
        assertOffered(
                terraform("keycloak_oidc_identity_provider", "extra_config"),
                Set.of(),
                new GigyaIdentityProviderFactory().getConfigProperties());
        assertOffered(
                terraform("keycloak_authentication_execution_config", "config"),
                Set.of(),
                new GigyaAuthenticatorFactory().getConfigProperties());
        resources().stream()
                .filter(resource -> resource.type().equals("keycloak_custom_identity_provider_mapper"))
                .forEach(mapper -> assertOffered(
                        texts(mapper, "extra_config"),
                        OF_MAPPERS,
                        mapperProperties(mapper.arguments()
                                .get("identity_provider_mapper")
                                .toString())));
    }

    @Test
    void the_terraform_files_hold_no_secret() {
        assertThat(terraform("keycloak_custom_user_federation", "config").get("secret"))
                .isEqualTo(VAULT);
        assertThat(only("keycloak_oidc_identity_provider").arguments().get("client_secret"))
                .isEqualTo(VAULT);
        assertThat(resources())
                .flatExtracting(resource -> resource.arguments().keySet())
                .doesNotContain("password", "initial_password");
    }

    private static void assertOffered(
            Map<String, String> settings, Set<String> ofKeycloak, List<ProviderConfigProperty> properties) {
        var offered =
                properties.stream().collect(Collectors.toMap(ProviderConfigProperty::getName, Function.identity()));
        assertThat(settings).isNotEmpty();
        var names = new HashSet<>(settings.keySet());
        names.removeAll(ofKeycloak);
        assertThat(offered.keySet()).containsAll(names);
        names.forEach(name -> assertThat(offered.get(name))
                .as("%s = %s", name, settings.get(name))
                .satisfies(property ->
                        assertThat(takes(property, settings.get(name))).isTrue()));
    }

    private static boolean takes(ProviderConfigProperty property, String value) {
        if (value.startsWith("${")) {
            return true;
        }
        return switch (property.getType()) {
            case ProviderConfigProperty.LIST_TYPE -> property.getOptions().contains(value);
            case ProviderConfigProperty.BOOLEAN_TYPE -> Set.of("true", "false").contains(value);
            case ProviderConfigProperty.INTEGER_TYPE -> value.matches("[0-9]+");
            default -> !value.isBlank();
        };
    }

    private static List<ProviderConfigProperty> mapperProperties(String id) {
        return switch (id) {
            case GigyaAttributeMapper.PROVIDER_ID -> new GigyaAttributeMapper().getConfigProperties();
            case GigyaRoleMapper.PROVIDER_ID -> new GigyaRoleMapper().getConfigProperties();
            default -> throw new AssertionError("No such mapper: " + id);
        };
    }

    private static Map<String, String> texts(JsonNode config) {
        var texts = new LinkedHashMap<String, String>();
        config.properties()
                .forEach(setting ->
                        texts.put(setting.getKey(), setting.getValue().asText()));
        return texts;
    }

    private static Map<String, String> terraform(String type, String argument) {
        return texts(only(type), argument);
    }

    private static Map<String, String> texts(TerraformResource resource, String argument) {
        var texts = new LinkedHashMap<String, String>();
        ((Map<?, ?>) resource.arguments().get(argument))
                .forEach((key, value) -> texts.put(key.toString(), value.toString()));
        return texts;
    }

    private static TerraformResource only(String type) {
        return resources().stream()
                .filter(resource -> resource.type().equals(type))
                .collect(Collectors.collectingAndThen(Collectors.toList(), found -> {
                    assertThat(found).hasSize(1);
                    return found.get(0);
                }));
    }

    private static List<TerraformResource> resources() {
        return TerraformFiles.resources(Map.of(
                "gigya_api_key", "3_key",
                "gigya_site", Map.of("dataCenter", "eu1"),
                "redirect_uris", List.of("https://shop.example.com/signed-in")));
    }
}
