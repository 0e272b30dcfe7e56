package io.github.keycloakgigya.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.StubOpenIdProvider;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.SqlStatement;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a sign-in of a known user costs the database, beside Keycloak's own identity provider {@code oidc}. */
@ExtendWith(SharedServers.class)
class BrokeredSqlIT {

    private static final String PEER = "peer";
    private static final int RUNS = 4;

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;

    BrokeredSqlIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @Test
    void a_warm_sign_in_needs_no_more_sql_statements_than_with_keycloaks_own_broker() {
        try (var upstream = new StubOpenIdProvider("peer");
                var realm = BrokeredRealm.create(keycloak, simulator, Map.of())) {
            var account = realm.realm()
                    .site()
                    .add(Account.builder()
                            .verifiedEmail("ours@example.com")
                            .profile("firstName", "First")
                            .profile("lastName", "Last")
                            .profile("city", "Bern"));
            addRoleAndGroup(realm);
            addMappers(realm);
            addPeer(realm, upstream);
            realm.signIn(account);
            signIn(realm, upstream);
            simulator.calls().reset();

            var ours = warm(() -> realm.signIn(account));
            var peers = warm(() -> signIn(realm, upstream));
            assertThat(ours)
                    .as("ours %s%n beside %s", texts(ours), texts(peers))
                    .hasSizeLessThanOrEqualTo(peers.size());
            assertThat(peers).as("statements that were seen at all").isNotEmpty();
            assertThat(simulator.calls().counts())
                    .as("one call to Gigya a sign-in")
                    .isEqualTo(Map.of("accounts.getJWT", RUNS));
        }
    }

    private static void addRoleAndGroup(BrokeredRealm realm) {
        var admin = realm.realm().admin();
        var path = "realms/" + realm.realm().name();
        admin.post(path + "/roles", Json.parse("{\"name\": \"citizen\"}")).succeeded();
        admin.post(path + "/groups", Json.parse("{\"name\": \"citizens\"}")).succeeded();
    }

    private static void addMappers(BrokeredRealm realm) {
        realm.addMapper("gigya-attribute-mapper", Map.of("field", "profile.city", "user.attribute", "city"));
        var condition = Map.of("field", "profile.city", "value", "Bern");
        realm.addMapper("gigya-role-mapper", with(condition, "role", "citizen"));
        realm.addMapper("gigya-group-mapper", with(condition, "group", "/citizens"));
    }

    private static void addPeer(BrokeredRealm realm, StubOpenIdProvider upstream) {
        realm.realm()
                .admin()
                .post(realm.providers(), upstream.identityProvider(PEER))
                .succeeded();
        addPeersMapper(realm, "oidc-user-attribute-idp-mapper", Map.of("claim", "city", "user.attribute", "city"));
        addPeersMapper(
                realm,
                "oidc-role-idp-mapper",
                Map.of("claim", "city", "claim.value", "Bern", "role", "citizen", "syncMode", "FORCE"));
        addPeersMapper(
                realm,
                "oidc-advanced-group-idp-mapper",
                Map.of(
                        "claims", "[{\"key\": \"city\", \"value\": \"Bern\"}]",
                        "group", "/citizens",
                        "syncMode", "FORCE"));
    }

    private static void addPeersMapper(BrokeredRealm realm, String kind, Map<String, String> settings) {
        var mapper = realm.mapper(kind, settings).put("identityProviderAlias", PEER);
        realm.realm()
                .admin()
                .post(realm.providers() + "/" + PEER + "/mappers", mapper)
                .succeeded();
    }

    private static Map<String, String> with(Map<String, String> settings, String key, String value) {
        var more = new HashMap<>(settings);
        more.put(key, value);
        return more;
    }

    private static Tokens signIn(BrokeredRealm realm, StubOpenIdProvider upstream) {
        var login = realm.realm().login();
        return upstream.signIn(login, login.begin(Map.of("kc_idp_hint", PEER)));
    }

    // The least of several: a timer of the server may run statements of its own at any time.
    private List<SqlStatement> warm(Runnable signIn) {
        return Stream.generate(() -> keycloak.sql().statementsDuring(signIn))
                .limit(RUNS)
                .min(Comparator.comparingInt(List::size))
                .orElseThrow();
    }

    private static String texts(List<SqlStatement> statements) {
        return String.join("\n", statements.stream().map(SqlStatement::text).toList());
    }
}
