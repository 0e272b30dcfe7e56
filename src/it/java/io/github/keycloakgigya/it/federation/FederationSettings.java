package io.github.keycloakgigya.it.federation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.server.Json;
import java.util.HashMap;
import java.util.Map;

/** A user federation with every setting at another value than its default. */
final class FederationSettings {

    private FederationSettings() {}

    /** {@return the value of each setting; nobody answers at the host} */
    static Map<String, String> every() {
        var settings = new HashMap<String, String>();
        settings.putAll(Map.of(
                "dataCenter", "eu1",
                "apiDomain", "localhost:1",
                "apiKey", "3_" + "e".repeat(64),
                "userKey", "AKeyOfAnApplication",
                "secret", "ZXZlcnkgc2V0dGluZyBoYXMgYSB2YWx1ZQ==",
                "authorizationMethod", "secret",
                "siteGroupApiKeys", "4_" + "b".repeat(22),
                "tokenLifetime", "120",
                "connectTimeout", "500",
                "readTimeout", "1500"));
        settings.putAll(Map.of(
                "trustEmail",
                "true",
                "fieldMappings",
                "[{\"key\":\"profile.email\",\"value\":\"email\"},{\"key\":\"data.a.b-c_d$\",\"value\":\"deep\"}]",
                "usernameField",
                "profile.username",
                "existingUserPolicy",
                "linkVerifiedEmail",
                "missingAccountPolicy",
                "keep",
                "importEnabled",
                "false",
                "passwordCheck",
                "localFirst",
                "checkConnectionOnSave",
                "false"));
        settings.putAll(Map.of(
                "unverifiedEmail", "store",
                "searchPageSize", "250",
                "syncOverlapSeconds", "30",
                "syncRemovesMissing", "true",
                "removalLimitPercent", "5",
                "endSessionsOnPasswordChange", "true",
                "organizations", "true",
                "customIdentifier", "loyaltyNumber",
                "webhooks", "true",
                "webhookImports", "true"));
        settings.put("passwordTransfer", "off");
        settings.put("identityLinks", "[{\"key\":\"googleplus\",\"value\":\"google\"}]");
        return settings;
    }

    /** {@return the representation of a user federation with these settings} */
    static ObjectNode component(String name, Map<String, String> settings) {
        var component = (ObjectNode) Json.parse("""
                {"providerId": "gigya", "providerType": "org.keycloak.storage.UserStorageProvider", "config": {}}""");
        component.put("name", name);
        settings.forEach((key, value) ->
                ((ObjectNode) component.get("config")).putArray(key).add(value));
        return component;
    }
}
