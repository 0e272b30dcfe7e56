package io.github.keycloakgigya.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An attempt to get in, and what came of it.
 *
 * @param visitor whose browser it was
 * @param posted what was posted
 * @param answer what the browser was shown
 * @param events the events that it caused
 * @param before the realm before it
 * @param after the realm after it
 */
record Attempt(Visitor visitor, Form posted, Page answer, List<JsonNode> events, RealmState before, RealmState after) {

    /** Asserts that the browser is where it was, and that nothing about any user has changed. */
    Attempt gotNowhere() {
        assertThat(visitor.login().isDone(answer)).as("the client got a code").isFalse();
        assertThat(visitor.browser().cookies().value("KEYCLOAK_IDENTITY"))
                .as("the cookie of a signed-in person")
                .isEmpty();
        assertThat(after).as("users and sessions").isEqualTo(before);
        new AttemptEvents(posted, events).holdNothingOfTheProof();
        return this;
    }

    /** Asserts all that the contract says of a refusal: the page, the event, and that nothing has changed. */
    Attempt wasRefused(Refusal refusal) {
        gotNowhere();
        assertThat(answer.status())
                .as("status of a page that says: %s", answer.text())
                .isEqualTo(200);
        assertThat(answer.text()).contains(refusal.message());
        assertThat(GigyaPage.of(answer).settings())
                .as("an open Gigya session is not picked up again by itself")
                .containsEntry("auto", "false");
        causedOneEvent(refusal);
        return this;
    }

    /** Asserts the one event of a refusal. */
    Attempt causedOneEvent(Refusal refusal) {
        new AttemptEvents(posted, events).tellOnly(refusal);
        return this;
    }

    /** Asserts that the page takes a good proof now. */
    void canBeRetried(AttackedRealm realm) {
        var again = visitor.on(answer);
        again.login().finish(again.post(realm.goodProof(realm.bystander(), again)));
    }
}
