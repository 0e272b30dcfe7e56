package io.github.keycloakgigya.it.realm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.Page;
import java.util.List;

/**
 * An attempt to get in, and what came of it.
 *
 * @param door where it was
 * @param entrant who made it
 * @param posted what was posted
 * @param answer what the entrant was shown
 * @param events the events that it caused
 * @param before the realm before it
 * @param after the realm after it
 */
public record Attempt(
        Door door,
        Entrant entrant,
        Form posted,
        Page answer,
        List<JsonNode> events,
        RealmState before,
        RealmState after) {

    /** Asserts that the entrant is not in, and that nothing about any user has changed. */
    public Attempt gotNowhere() {
        entrant.isStillOutside(answer);
        changedNothing();
        return this;
    }

    /** Asserts that no user or session was added, changed or removed. */
    public Attempt changedNothing() {
        assertThat(after).as("users, their links and roles, and sessions").isEqualTo(before);
        new AttemptEvents(posted, events).holdNothingOfTheProof();
        return this;
    }

    /** {@return the same, without whom it disabled} What Gigya says of an account becomes true of its user. */
    public Attempt withoutWhomItDisabled() {
        var disabled = before.disabledIn(after);
        return disabled.isEmpty()
                ? this
                : new Attempt(door, entrant, posted, answer, events, before.without(disabled), after.without(disabled));
    }

    /** Asserts that one user was added, and that nobody who was there was changed. */
    Attempt addedOnlyAnotherUser() {
        assertThat(after.users())
                .containsAll(before.users())
                .hasSize(before.users().size() + 1);
        assertThat(after.links()).containsAll(before.links());
        assertThat(after.roles()).containsAll(before.roles());
        new AttemptEvents(posted, events).holdNothingOfTheProof();
        return this;
    }

    /** Asserts all that the contract says of a refusal: the answer, the event, and that nothing has changed. */
    public Attempt wasRefused(Refusal refusal) {
        gotNowhere();
        door.hasRefused(this, refusal);
        return this;
    }

    /** Asserts that Keycloak refused it before this extension was asked, and that nothing has changed. */
    Attempt wasStoppedByKeycloak(KeycloakRefusal refusal) {
        gotNowhere();
        assertThat(events)
                .as("errors of %s", events)
                .extracting(event -> event.path("error").asText())
                .filteredOn(error -> !error.isEmpty())
                .containsExactlyInAnyOrderElementsOf(refusal.errors());
        return this;
    }

    /** {@return the same, as an app made it} */
    GrantAttempt ofApp() {
        return new GrantAttempt(posted, answer, events, before, after);
    }

    /** Asserts that the door takes a good proof now. */
    public void canBeRetried(AttackedRealm realm) {
        var again = entrant.again(answer);
        again.tokens(again.post(realm.goodProof(realm.bystander(), again)));
    }
}
