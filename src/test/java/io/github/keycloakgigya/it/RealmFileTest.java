package io.github.keycloakgigya.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.server.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RealmFileTest {

    private static final Map<String, String> SITE = Map.of("GIGYA_API_KEY", "3_key", "GIGYA_SECRET", "c2VjcmV0");

    private final JsonNode realm = RealmFile.ofDemo().named("copy", SITE);
    private final JsonNode components = realm.path("components");

    @Test
    void the_demo_realm_takes_the_site_from_variables() {
        JsonNode config = components.at("/org.keycloak.storage.UserStorageProvider/0/config");

        assertThat(realm.path("realm").textValue()).isEqualTo("copy");
        assertThat(config.at("/apiKey/0").textValue()).isEqualTo("3_key");
        assertThat(config.at("/secret/0").textValue()).isEqualTo("c2VjcmV0");
        assertThat(config.at("/dataCenter/0").textValue()).isEqualTo("us1");
        assertThat(config.at("/userKey/0").textValue()).isEmpty();
    }

    @Test
    void every_attribute_that_the_demo_realm_maps_is_in_its_user_profile() {
        JsonNode mappings = Json.parse(components
                .at("/org.keycloak.storage.UserStorageProvider/0/config/fieldMappings/0")
                .textValue());
        JsonNode profile = Json.parse(components
                .at("/org.keycloak.userprofile.UserProfileProvider/0/config/kc.user.profile.config/0")
                .textValue());

        assertThat(profile.path("attributes").findValuesAsText("name")).containsAll(mappings.findValuesAsText("value"));
    }

    @Test
    void a_variable_without_a_value_is_refused_by_name() {
        assertThatThrownBy(() -> RealmFile.ofDemo().named("copy", Map.of("GIGYA_API_KEY", "3_key")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GIGYA_SECRET");
    }
}
