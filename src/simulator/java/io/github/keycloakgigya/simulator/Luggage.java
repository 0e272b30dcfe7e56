package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Map;

/**
 * What could go along with an account that leaves.
 *
 * @param password as it is now: no version of an account keeps an old one
 * @param identities the providers by which the person may sign in as well, and what these call the person
 */
record Luggage(AccountPassword password, Map<String, String> identities) {

    void describeIdentities(ArrayNode list) {
        identities.forEach((provider, uid) -> list.addObject()
                .put("provider", provider)
                .put("providerUID", uid)
                .put("allowsLogin", true));
    }
}
