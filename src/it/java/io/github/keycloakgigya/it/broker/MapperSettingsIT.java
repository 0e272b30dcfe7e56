package io.github.keycloakgigya.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.server.AdminAnswer;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mapper that can't do its work is refused when an administrator saves it, and the administrator reads why. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MapperSettingsIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private BrokeredRealm realm;

    MapperSettingsIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = BrokeredRealm.create(keycloak, simulator, simulator.addSite(Site.builder()), Map.of(), shape -> {
            shape.set("roles", Json.parse("""
                    {"realm": [{"name": "gold"}, {"name": "admin"},
                               {"name": "helper", "composites": {"realm": ["deputy"]}},
                               {"name": "deputy", "composites": {"client": {"realm-management": ["manage-users"]}}}]}"""));
            shape.set("groups", Json.parse("""
                    [{"name": "members"},
                     {"name": "staff", "realmRoles": ["helper"], "subGroups": [{"name": "interns"}]}]"""));
        });
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gigya-attribute-mapper | user.attribute=city                                   | The setting “Gigya field” is required
            gigya-attribute-mapper | field=profile.city                                    | The setting “User attribute” is required
            gigya-attribute-mapper | field=password,user.attribute=city                    | is not a Gigya field
            gigya-attribute-mapper | field=profile.city,user.attribute=gigya.uid           | is protected
            gigya-attribute-mapper | field=profile.city,user.attribute=LDAP_ID             | is protected
            gigya-attribute-mapper | field=profile.city,user.attribute=id                  | state that Keycloak keeps
            gigya-attribute-mapper | field=profile.city,user.attribute=Username            | can't be set by this mapper
            gigya-attribute-mapper | field=profile.city,user.attribute=email               | can't be set by this mapper
            gigya-attribute-mapper | field=profile.city,user.attribute=city,syncMode=often | The setting “Sync mode override” must be one of
            gigya-role-mapper      | field=data.level,value=gold                           | The setting “Role” is required
            gigya-role-mapper      | field=data.level,role=gold                            | The setting “Text” is required
            gigya-role-mapper      | field=data.level,value=gold,role=platinum             | no role platinum
            gigya-role-mapper      | field=data.level,value=gold,role=account.platinum     | no role account.platinum
            gigya-role-mapper      | field=data.level,value=gold,role=gold,condition=like  | The setting “Condition” must be one of
            gigya-role-mapper      | field=data.level,value=gold,role=admin                | rights to administer
            gigya-role-mapper      | field=data.level,value=gold,role=helper               | rights to administer
            gigya-role-mapper      | field=data.level,value=gold,role=realm-management.view-users | rights to administer
            gigya-group-mapper     | field=data.level,value=gold                           | The setting “Group” is required
            gigya-group-mapper     | field=data.level,value=gold,group=/none               | no group /none
            gigya-group-mapper     | field=data.level,value=gold,group=/staff              | rights to administer
            gigya-group-mapper     | field=data.level,value=gold,group=/staff/interns      | rights to administer
            gigya-username-mapper  | field=profile.nickname                                | The setting “Template”
            gigya-username-mapper  | template=everybody                                    | The setting “Template”
            gigya-username-mapper  | template=${profile.nickname                           | The setting “Template”
            """)
    void wrong_settings_are_refused_with_the_reason(String kind, String settings, String reason) {
        var before = mappers();

        var answer = realm.postMapper(kind, parse(settings));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("errorMessage").asText()).contains(reason);
        assertThat(mappers()).isEqualTo(before);
    }

    @Test
    void a_mapper_that_was_right_can_not_be_made_wrong() {
        var id = realm.addMapper("gigya-role-mapper", role("gold"));

        var answer = put(id, role("helper"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(config(id).path("role").asText()).isEqualTo("gold");
    }

    @Test
    void the_path_of_another_mapper_does_not_let_a_wrong_one_pass() {
        var right = realm.addMapper("gigya-role-mapper", role("gold"));
        var attacked = realm.addMapper("gigya-role-mapper", role("gold"));
        var body = (ObjectNode) realm.realm()
                .admin()
                .get(realm.mappers() + "/" + attacked)
                .succeeded()
                .body();
        ((ObjectNode) body.get("config")).put("role", "helper");

        var answer = realm.realm().admin().put(realm.mappers() + "/" + right, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(config(attacked).path("role").asText()).isEqualTo("gold");
    }

    @Test
    void it_does_not_depend_on_the_events_of_the_realm() {
        var path = "realms/" + realm.realm().name();
        realm.realm()
                .admin()
                .put(path, Json.parse("{\"adminEventsEnabled\": false}"))
                .succeeded();
        try {
            assertThat(realm.postMapper("gigya-role-mapper", role("helper")).status())
                    .isEqualTo(400);
        } finally {
            realm.realm()
                    .admin()
                    .put(path, Json.parse("{\"adminEventsEnabled\": true}"))
                    .succeeded();
        }
    }

    @Test
    void a_refused_mapper_leaves_no_event_of_success() {
        var before = realm.realm().admin().adminEvents(realm.realm().name());

        var answer = realm.postMapper("gigya-role-mapper", role("helper"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(realm.realm().admin().adminEvents(realm.realm().name())).isEqualTo(before);
    }

    @Test
    void administrator_rights_can_be_given_by_who_confirms_it() {
        var id = realm.addMapper(
                "gigya-role-mapper",
                Map.of("field", "data.level", "value", "gold", "role", "helper", "adminRightsConfirmed", "true"));

        assertThat(config(id).path("role").asText()).isEqualTo("helper");
    }

    @Test
    void mappers_follow_a_role_and_a_group_that_get_other_names() {
        var admin = realm.realm().admin();
        var path = "realms/" + realm.realm().name();
        admin.post(path + "/roles", Json.parse("{\"name\": \"silver\"}")).succeeded();
        var group = admin.post(path + "/groups", Json.parse("{\"name\": \"friends\"}"))
                .createdId();
        var ofRole = realm.addMapper("gigya-role-mapper", role("silver"));
        var ofGroup = realm.addMapper(
                "gigya-group-mapper", Map.of("field", "data.level", "value", "silver", "group", "/friends"));

        admin.put(path + "/roles/silver", Json.parse("{\"name\": \"bronze\"}")).succeeded();
        admin.put(path + "/groups/" + group, Json.parse("{\"name\": \"guests\"}"))
                .succeeded();

        assertThat(config(ofRole).path("role").asText()).isEqualTo("bronze");
        assertThat(config(ofGroup).path("group").asText()).isEqualTo("/guests");
    }

    @Test
    void the_console_offers_the_mappers_for_this_provider() {
        var types = realm.realm()
                .admin()
                .get(realm.path() + "/mapper-types")
                .succeeded()
                .body();

        assertThat(types.fieldNames())
                .toIterable()
                .contains("gigya-attribute-mapper", "gigya-role-mapper", "gigya-group-mapper", "gigya-username-mapper");
        assertThat(types.path("gigya-role-mapper").path("helpText").asText()).isNotBlank();
    }

    private static Map<String, String> role(String name) {
        return Map.of("field", "data.level", "value", "gold", "role", name);
    }

    private static Map<String, String> parse(String settings) {
        return Arrays.stream(settings.split(","))
                .map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
    }

    private AdminAnswer put(String id, Map<String, String> settings) {
        var mapper = realm.mapper("gigya-role-mapper", settings);
        mapper.put("id", id);
        return realm.realm().admin().put(realm.mappers() + "/" + id, mapper);
    }

    private JsonNode config(String id) {
        return realm.realm()
                .admin()
                .get(realm.mappers() + "/" + id)
                .succeeded()
                .body()
                .path("config");
    }

    private long mappers() {
        return StreamSupport.stream(
                        realm.realm()
                                .admin()
                                .get(realm.mappers())
                                .succeeded()
                                .body()
                                .spliterator(),
                        false)
                .count();
    }
}
