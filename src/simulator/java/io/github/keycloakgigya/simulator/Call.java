package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** An authorised call of a method at a site; the site is empty only for a method that works without one. */
record Call(HttpRequest request, Optional<Site> calledSite, Caller caller) {

    Site site() {
        return calledSite.orElseThrow();
    }

    Optional<String> optional(String parameter) {
        return request.parameters().optional(parameter);
    }

    String required(String parameter) throws Refusal {
        return request.parameters().required(parameter);
    }

    /** {@return a parameter that is a JSON object} */
    Optional<ObjectNode> optionalObject(String parameter) throws Refusal {
        var text = optional(parameter);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (ExactJson.MAPPER.readTree(text.get()) instanceof ObjectNode object) {
                return Optional.of(object);
            }
        } catch (JsonProcessingException malformed) {
            // Answered below, as any other text that is no object.
        }
        throw Refusal.of(GigyaError.INVALID_PARAMETER_FORMAT, "Invalid parameter format: " + parameter);
    }

    /** {@return the account that a server names by its UID} */
    Account accountNamedBy(String parameter) throws Refusal {
        return site().account(required(parameter)).orElseThrow(() -> Refusal.of(GigyaError.UNAUTHORIZED_USER));
    }

    Includes includes() throws Refusal {
        return Includes.of(request.parameters());
    }
}
