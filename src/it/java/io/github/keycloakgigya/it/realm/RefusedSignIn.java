package io.github.keycloakgigya.it.realm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.server.GigyaPage;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.simulator.Account;

/**
 * A sign-in that Keycloak refused.
 *
 * @param page what the person sees
 * @param event what Keycloak's events say
 */
public record RefusedSignIn(Page page, JsonNode event) {

    /** {@return the refusal of an account's owner who opens the page and signs in} */
    public static RefusedSignIn of(GigyaRealm realm, Account account) {
        var visitor = realm.visit();
        return of(realm, account, visitor.post(realm.proofOf(account, visitor.audience())));
    }

    /**
     * {@return the refusal that a page shows}
     *
     * @throws AssertionError where the page is not the one to sign in with, or no event tells of it
     */
    public static RefusedSignIn of(GigyaRealm realm, Account account, Page page) {
        if (!GigyaPage.isOn(page)) {
            throw new AssertionError(
                    "No page to try again on: " + page.address() + " answered " + page.status() + " " + page.text());
        }
        var event = realm.events().stream()
                .filter(candidate -> candidate.path("type").asText().equals("LOGIN_ERROR"))
                .filter(candidate -> candidate.at("/details/gigya_uid").asText().equals(account.uid()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No event tells of the refusal."));
        return new RefusedSignIn(page, event);
    }

    /** {@return the event detail {@code gigya_error}} */
    public String error() {
        return event.at("/details/gigya_error").asText();
    }

    /** {@return the text that the person reads} */
    public String text() {
        return page.text();
    }
}
