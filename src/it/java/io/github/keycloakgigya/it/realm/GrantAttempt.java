package io.github.keycloakgigya.it.realm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.Page;
import java.util.List;

/**
 * An attempt of an app to get tokens, and what came of it.
 *
 * @param posted what was posted
 * @param answer of the token endpoint
 * @param events the events that it caused
 * @param before the realm before it
 * @param after the realm after it
 */
public record GrantAttempt(Form posted, Page answer, List<JsonNode> events, RealmState before, RealmState after) {

    /** Asserts that there are no tokens, that nothing has changed, and that one event and the answer say why. */
    public GrantAttempt wasRefused(Refusal refusal) {
        changedNothing();
        wasTold(refusal);
        return this;
    }

    /** Asserts that there is no session, and that no user was added, changed or removed. */
    public GrantAttempt changedNothing() {
        assertThat(after).as("users and sessions").isEqualTo(before);
        return this;
    }

    /** Asserts that there are no tokens, and that one event and the answer say why. */
    public GrantAttempt wasTold(Refusal refusal) {
        new AppAnswer(answer).tells(refusal);
        var told = new AttemptEvents(posted, events);
        told.tellOnly(refusal);
        told.holdNothingOfTheProof();
        return this;
    }
}
