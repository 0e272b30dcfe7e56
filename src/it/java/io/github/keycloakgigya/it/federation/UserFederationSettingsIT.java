package io.github.keycloakgigya.it.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An administrator saves settings of the user federation that can't be used. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserFederationSettingsIT {

    private static final String TYPE = "org.keycloak.storage.UserStorageProvider";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm realm;

    UserFederationSettingsIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = GigyaRealm.create(keycloak, simulator);
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    static Stream<Arguments> wrong_settings() {
        return Stream.of(
                wrong("apiKey", "", "The setting “API key” is required"),
                wrong("apiKey", "not a key", "begins with 2_, 3_ or 4_"),
                wrong("apiKey", "3_short", "The API key in the setting “API key” is too short"),
                wrong("apiKey", "1_" + "a".repeat(64), "begins with 2_, 3_ or 4_"),
                wrong(
                        "siteGroupApiKeys",
                        "1_" + "a".repeat(64),
                        "The setting “API keys of the site group” must hold the API key of a site"),
                wrong("secret", "", "The setting “Secret” is required"),
                wrong("secret", "%%% not Base64 %%%", "not Base64"),
                wrong("secret", "${vault.nobody-put-it-there}", "vault"),
                wrong("userKey", "a key", "characters that no such key has"),
                wrong("authorizationMethod", "bearer", "application key that the private key belongs to"),
                wrong(
                        Map.of("authorizationMethod", "bearer", "userKey", "AAAA", "secret", "no PEM"),
                        "private key can't be read"),
                wrong(
                        Map.of(
                                "authorizationMethod",
                                "bearer",
                                "userKey",
                                "AAAA",
                                "secret",
                                "-----BEGIN PRIVATE KEY-----"),
                        "private key can't be read"),
                wrong("authorizationMethod", "none", "one of: signature, secret, bearer"),
                wrong("dataCenter", "mars1", "one of: us1, eu1"),
                wrong("apiDomain", "http://login.example.com", "host name"),
                wrong("apiDomain", "https://login.example.com", "host name"),
                wrong("apiDomain", "login.example.com/path", "host name"),
                wrong("apiDomain", "admin@login.example.com", "host name"),
                wrong("apiDomain", "169.254.169.254", "host name"),
                wrong("apiDomain", "[::1]", "host name"),
                wrong("apiDomain", "login.example.com:65536", "host name"),
                wrong("apiDomain", "login.example.com:0", "host name"),
                wrong("apiDomain", "login.example.com?x", "host name"),
                wrong(
                        "tokenLifetime",
                        "9",
                        "The setting “Token lifetime (seconds)” must be a whole number from 10 to 3600"),
                wrong("tokenLifetime", "3601", "The setting “Token lifetime (seconds)” must be a whole number"),
                wrong("tokenLifetime", "60s", "The setting “Token lifetime (seconds)” must be a whole number"),
                wrong(
                        "connectTimeout",
                        "99999999999999999999",
                        "The setting “Connect timeout (milliseconds)” must be a whole number"),
                wrong("connectTimeout", "0", "The setting “Connect timeout (milliseconds)” must be a whole number"),
                wrong("readTimeout", "-1", "must be a whole number"),
                wrong("readTimeout", "1e3", "must be a whole number"),
                wrong("fullSyncPeriod", "daily", "The setting “Full sync period” must be a whole number from -1"),
                wrong("fullSyncPeriod", "99999999999", "The setting “Full sync period” must be a whole number from -1"),
                wrong("changedSyncPeriod", "1h", "The setting “Changed users sync period” must be a whole number"),
                wrong("trustEmail", "yes", "must be one of: true, false"),
                wrong("missingAccountPolicy", "forget", "one of: keep, disable, delete"),
                wrong("existingUserPolicy", "link", "one of: refuse, linkVerifiedEmail"),
                wrong("customIdentifier", "_uid", "setting “Custom identifier” can't be used"),
                wrong("customIdentifier", "loyalty number", "setting “Custom identifier” can't be used"),
                wrong("usernameField", "name", "setting “User name field” can't be used"),
                wrong("usernameField", "profile.email,UID", "setting “User name field” can't be used"),
                wrong("fieldMappings", "{\"profile.city\": \"city\"}", "JSON array of keys and values"),
                wrong("fieldMappings", "null", "JSON array of keys and values"),
                wrong("fieldMappings", "profile.city=city", "JSON array of keys and values"),
                wrong("fieldMappings", "[{\"key\": \"profile.city\"}]", "JSON array of keys and values"),
                wrong("fieldMappings", mapping("profile.city", "gigya.uid"), "protected"),
                wrong("fieldMappings", mapping("profile.city", "GIGYA.missing"), "protected"),
                wrong("fieldMappings", mapping("profile.city", "LDAP_ID"), "protected"),
                wrong("fieldMappings", mapping("profile.city", "KERBEROS_PRINCIPAL"), "protected"),
                wrong("fieldMappings", mapping("profile.city", "saml.persistent.name.id.for.app"), "protected"),
                wrong("fieldMappings", mapping("profile.city", "id"), "Keycloak keeps itself"),
                wrong("fieldMappings", mapping("profile.city", "Enabled"), "Keycloak keeps itself"),
                wrong("fieldMappings", mapping("profile.city", "userCertificate"), "Keycloak keeps itself"),
                wrong("fieldMappings", mapping("profile.city", ""), "attribute is empty"),
                wrong("fieldMappings", mapping("", "city"), "Gigya field is empty"),
                wrong("fieldMappings", mapping("profile.city,UID", "city"), "is not a Gigya field"),
                wrong("fieldMappings", mapping("profile.'city'", "city"), "is not a Gigya field"),
                wrong("fieldMappings", mapping("profile. city", "city"), "is not a Gigya field"),
                wrong("fieldMappings", mapping("profile", "city"), "is not a Gigya field"),
                wrong("fieldMappings", mapping("password", "city"), "is not a Gigya field"),
                wrong("fieldMappings", mappings("profile.city", "town", "profile.zip", "Town"), "mapped twice"),
                wrong("fieldMappings", mappings("profile.city", "town", "profile.city", "city"), "mapped twice"));
    }

    static Stream<Arguments> wrong_changes() {
        return Stream.of(
                wrong("apiKey", "", "The setting “API key” is required"),
                wrong("apiKey", "3_short", "The API key in the setting “API key” is too short"),
                wrong("secret", "%%% not Base64 %%%", "not Base64"),
                wrong("apiDomain", "http://login.example.com", "host name"),
                wrong("missingAccountPolicy", "forget", "one of: keep, disable, delete"),
                wrong("fieldMappings", mapping("profile.city", "gigya.uid"), "protected"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong_settings")
    void a_new_federation_with_it_is_refused_with_the_reason(Map<String, String> wrong, String reason) {
        var answer = realm.admin().post("realms/" + realm.name() + "/components", federationWith(wrong));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("errorMessage").asText()).contains(reason).doesNotContain("Exception", "{0}");
        assertThat(realm.admin().components(realm.name(), TYPE)).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong_changes")
    void a_change_to_it_is_refused_and_nothing_is_stored(Map<String, String> wrong, String reason) {
        var path = "realms/" + realm.name() + "/components/" + realm.componentId();
        var before = realm.admin().get(path).body();
        var changed = (ObjectNode) before.deepCopy();
        wrong.forEach((key, value) ->
                ((ObjectNode) changed.get("config")).putArray(key).add(value));

        var answer = realm.admin().put(path, changed);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("errorMessage").asText()).contains(reason);
        assertThat(realm.admin().get(path).body()).isEqualTo(before);
        var account = realm.site().add(Account.builder());
        assertThat(realm.signIn(account).accessClaims().path("gigya.uid").asText())
                .isEqualTo(account.uid());
    }

    @Test
    void good_settings_are_stored() {
        var good = Map.of(
                "dataCenter", "eu1",
                "tokenLifetime", "120",
                "connectTimeout", "500",
                "readTimeout", "1500",
                "usernameField", "UID",
                "trustEmail", "true",
                "missingAccountPolicy", "keep",
                "existingUserPolicy", "linkVerifiedEmail",
                "siteGroupApiKeys", "4_" + "b".repeat(22),
                "fieldMappings", mappings("profile.city", "town", "data.a.b-c_d$", "deep"));
        var id = realm.admin().createComponent(realm.name(), federationWith(good));

        var stored = realm.admin()
                .get("realms/" + realm.name() + "/components/" + id)
                .body()
                .path("config");

        good.forEach(
                (key, value) -> assertThat(stored.path(key).path(0).asText()).isEqualTo(value));
        realm.admin().delete("realms/" + realm.name() + "/components/" + id).succeeded();
    }

    private ObjectNode federationWith(Map<String, String> settings) {
        var federation = (ObjectNode) Json.parse("""
                {"name": "another", "providerId": "gigya", "providerType": "%s", "config": {}}""".formatted(TYPE));
        var config = (ObjectNode) federation.get("config");
        // The site does not exist.
        config.putArray("checkConnectionOnSave").add("false");
        config.putArray("apiKey").add("3_" + "a".repeat(64));
        config.putArray("secret").add("c2VjcmV0IHNlY3JldCBzZWNyZXQ=");
        settings.forEach((key, value) -> config.putArray(key).add(value));
        return federation;
    }

    private static Arguments wrong(String setting, String value, String reason) {
        return wrong(Map.of(setting, value), reason);
    }

    private static Arguments wrong(Map<String, String> settings, String reason) {
        return arguments(settings, reason);
    }

    private static String mapping(String field, String attribute) {
        return "[{\"key\":\"" + field + "\",\"value\":\"" + attribute + "\"}]";
    }

    private static String mappings(String field, String attribute, String otherField, String otherAttribute) {
        return "[{\"key\":\"" + field + "\",\"value\":\"" + attribute + "\"},{\"key\":\"" + otherField
                + "\",\"value\":\"" + otherAttribute + "\"}]";
    }
}
