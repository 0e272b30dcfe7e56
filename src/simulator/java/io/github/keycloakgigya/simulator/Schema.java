package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The profile and data fields that a site group knows. Data fields come into being when first written. */
final class Schema {

    private static final List<String> PROFILE_FIELDS = List.of(
            "firstName",
            "lastName",
            "nickname",
            "email",
            "gender",
            "locale",
            "country",
            "state",
            "city",
            "zip",
            "address",
            "birthDay",
            "birthMonth",
            "birthYear",
            "age",
            "phones",
            "photoURL",
            "thumbnailURL",
            "username");

    private final Set<String> paths = ConcurrentHashMap.newKeySet();

    Schema() {
        PROFILE_FIELDS.forEach(field -> paths.add("profile." + field));
    }

    static boolean isProfileField(String name) {
        return PROFILE_FIELDS.contains(name);
    }

    /** Learns a path and the objects on the way to it. */
    void learn(String path) {
        for (int dot = path.indexOf('.', path.indexOf('.') + 1); dot > 0; dot = path.indexOf('.', dot + 1)) {
            paths.add(path.substring(0, dot));
        }
        paths.add(path);
    }

    /** Learns every field below an object. */
    void learn(String path, JsonNode value) {
        if (value.isObject()) {
            value.properties().forEach(member -> learn(path + "." + member.getKey(), member.getValue()));
        } else {
            learn(path);
        }
    }

    /** {@return whether this is a field of the site's {@code profile} or {@code data}} */
    boolean knows(String path) {
        return paths.contains(path);
    }
}
