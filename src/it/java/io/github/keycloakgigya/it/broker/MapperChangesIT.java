package io.github.keycloakgigya.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.AccountBuilder;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Mappers are changed while people sign in, and meet users and names that are there already. */
@ExtendWith(SharedServers.class)
class MapperChangesIT {

    private static final Map<String, String> CITY = Map.of("field", "profile.city", "user.attribute", "city");

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private BrokeredRealm realm;
    private UserAdmin users;

    MapperChangesIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeEach
    void create_a_realm() {
        realm = BrokeredRealm.create(keycloak, simulator, Map.of());
        users = new UserAdmin(realm.realm());
    }

    @AfterEach
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void the_fields_of_all_mappers_are_asked_for_in_one_call() {
        realm.addMapper("gigya-attribute-mapper", CITY);
        realm.addMapper("gigya-attribute-mapper", Map.of("field", "data.level", "user.attribute", "level"));
        var account = add(person("one-call").profile("city", "Bern").data("level", "gold"));
        simulator.calls().reset();

        var id = realm.signIn(account).subject();

        assertThat(simulator.calls().count("accounts.getJWT")).isEqualTo(1);
        assertThat(askedFields()).contains("profile.city").contains("data.level");
        assertThat(users.byId(id).at("/attributes/city/0").asText()).isEqualTo("Bern");
        assertThat(users.byId(id).at("/attributes/level/0").asText()).isEqualTo("gold");
    }

    @Test
    void a_mapper_that_was_added_works_at_the_next_sign_in() {
        var account = add(person("added").profile("city", "Bern"));
        var id = realm.signIn(account).subject();
        realm.signIn(account);
        realm.addMapper("gigya-attribute-mapper", CITY);
        simulator.calls().reset();

        realm.signIn(account);

        assertThat(users.byId(id).at("/attributes/city/0").asText()).isEqualTo("Bern");
        assertThat(simulator.calls().counts())
                .as("it is noticed, and asked again")
                .isEqualTo(Map.of("accounts.getJWT", 2));
        realm.signIn(account);
        assertThat(simulator.calls().count("accounts.getJWT")).isEqualTo(3);
    }

    @Test
    void what_no_mapper_needs_any_more_is_soon_not_asked_for() {
        var mapper = realm.addMapper("gigya-attribute-mapper", CITY);
        var account = add(person("removed").profile("city", "Bern"));
        realm.signIn(account);
        realm.realm().admin().delete(realm.mappers() + "/" + mapper).succeeded();
        realm.signIn(account);
        simulator.calls().reset();

        realm.signIn(account);

        assertThat(simulator.calls().counts()).isEqualTo(Map.of("accounts.getJWT", 1));
        assertThat(askedFields()).doesNotContain("profile.city");
    }

    @Test
    void one_of_two_mappers_is_enough_to_keep_a_role() {
        realm.realm()
                .admin()
                .post(users.path("roles"), Json.parse("{\"name\": \"gold\"}"))
                .succeeded();
        for (var value : new String[] {"silver", "gold", "bronze"}) {
            realm.addMapper("gigya-role-mapper", Map.of("field", "data.level", "value", value, "role", "gold"));
        }
        var account = add(person("two").data("level", "gold"));
        var id = realm.signIn(account).subject();

        realm.signIn(account);

        assertThat(users.realmRoles(id)).contains("gold");
    }

    @Test
    void nobody_is_renamed_to_what_is_anothers_name() {
        realm.addMapper("gigya-username-mapper", Map.of("template", "${profile.nickname}", "syncMode", "FORCE"));
        var victim = users.addLocal("victim", "victim@example.org", true);
        var account = add(person("renamed").profile("nickname", "attacker"));
        var id = realm.signIn(account).subject();

        account.setProfile("nickname", "VICTIM");
        var again = realm.signIn(account);

        assertThat(again.subject()).isEqualTo(id).isNotEqualTo(victim);
        assertThat(users.byId(id).path("username").asText()).isEqualTo("attacker");
        assertThat(users.byId(victim).path("username").asText()).isEqualTo("victim");
    }

    @Test
    void a_name_that_is_anothers_at_the_first_sign_in_takes_nothing_over() {
        realm.addMapper("gigya-username-mapper", Map.of("template", "${profile.nickname}"));
        var victim = users.addLocal("victim", "victim@example.org", true);
        var account = add(person("newcomer").profile("nickname", "victim"));
        var visitor = realm.visit();

        var page = visitor.post(realm.realm().proofOf(account, visitor.audience()));

        assertThat(visitor.login().isDone(page)).isFalse();
        assertThat(realm.linksOf(victim)).isEmpty();
    }

    @Test
    void a_federations_user_gets_what_is_written_once_at_the_first_sign_in_with_the_provider() {
        try (var both = BrokeredRealm.withFederation(keycloak, simulator, Map.of(), Map.of())) {
            both.addMapper(
                    "gigya-attribute-mapper",
                    Map.of("field", "profile.city", "user.attribute", "city", "syncMode", "IMPORT"));
            var account = both.realm().site().add(person("federated").profile("city", "Bern"));
            both.realm().signIn(account);

            both.signIn(account);
            assertThat(both.realm().userOf(account).at("/attributes/city/0").asText())
                    .isEqualTo("Bern");

            account.setProfile("city", "Basel");
            both.signIn(account);
            assertThat(both.realm().userOf(account).at("/attributes/city/0").asText())
                    .isEqualTo("Bern");
        }
    }

    private String askedFields() {
        return simulator.calls().lastOf("accounts.getJWT").parameter("fields").orElse("");
    }

    private static AccountBuilder person(String name) {
        return Account.builder()
                .verifiedEmail(name + "@example.com")
                .profile("firstName", "First")
                .profile("lastName", "Last");
    }

    private Account add(AccountBuilder account) {
        return realm.realm().site().add(account);
    }
}
