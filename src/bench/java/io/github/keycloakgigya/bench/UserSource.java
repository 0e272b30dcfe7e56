package io.github.keycloakgigya.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.server.KeycloakSettings;
import java.time.Duration;

/** Where a realm's users come from: a running upstream server, and the user federation that reads it. */
interface UserSource extends AutoCloseable {

    /** {@return what reads it, for tables} */
    String reader();

    /** {@return how many people it knows} */
    int people();

    /** {@return the user federation as the admin API takes it} */
    ObjectNode component();

    /** {@return the settings of a Keycloak, with what it needs to reach this source} */
    KeycloakSettings reachedBy(KeycloakSettings settings);

    /** Makes every answer take this much longer. */
    void delayAnswers(Duration delay);

    @Override
    void close();

    /** {@return a component of a user federation without settings} */
    static ObjectNode component(String providerId) {
        var component = JsonNodeFactory.instance.objectNode();
        component.put("name", providerId);
        component.put("providerId", providerId);
        component.put("providerType", "org.keycloak.storage.UserStorageProvider");
        component.putObject("config");
        return component;
    }

    /** Adds a setting to a component. */
    static void set(ObjectNode component, String key, String value) {
        ((ObjectNode) component.get("config")).putArray(key).add(value);
    }
}
