package io.github.keycloakgigya.api.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Objects of an answer as maps, lists, text, booleans and exact numbers. */
final class AnsweredObjects {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private AnsweredObjects() {}

    static Map<String, Object> members(JsonNode object) {
        return JSON.convertValue(object, OBJECT);
    }

    /** {@return those members of an object that are objects themselves, by their names} */
    static Map<String, Object> named(Collection<String> names, JsonNode parent) {
        var objects = new HashMap<String, Object>();
        for (var name : names) {
            if (parent.path(name).isObject()) {
                objects.put(name, members(parent.path(name)));
            }
        }
        return objects;
    }

    /** {@return whether a member is an object, null or absent} */
    static boolean isObjectOrAbsent(JsonNode member) {
        return member.isObject() || member.isMissingNode() || member.isNull();
    }
}
