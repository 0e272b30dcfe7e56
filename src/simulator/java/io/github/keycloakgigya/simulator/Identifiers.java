package io.github.keycloakgigya.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What an account's owner signs in by besides login identifiers: a phone number, and the site's custom identifiers. */
final class Identifiers {

    static final String PHONE_NUMBER = "_phoneNumber";

    private final Map<String, String> byName;

    Identifiers(Map<String, String> byName) {
        this.byName = new ConcurrentHashMap<>(byName);
    }

    void set(String name, String value) {
        byName.put(name, value);
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    boolean has(String name, String value) {
        return value.equals(byName.get(name));
    }

    boolean knows(String name) {
        return byName.containsKey(name);
    }

    boolean hasAny(String value) {
        return byName.containsValue(value);
    }

    boolean meets(Identifiers other) {
        return byName.entrySet().stream().anyMatch(one -> other.has(one.getKey(), one.getValue()));
    }

    Optional<String> phoneNumber() {
        return Optional.ofNullable(byName.get(PHONE_NUMBER));
    }

    /** {@return the custom ones} */
    Map<String, String> custom() {
        var custom = new ConcurrentHashMap<>(byName);
        custom.remove(PHONE_NUMBER);
        return custom;
    }
}
