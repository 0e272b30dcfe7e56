package io.github.keycloakgigya.it.realm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.server.GigyaPage;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.simulator.Account;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * A sign-in that did not succeed: what the person sees, and what the realm's events say.
 *
 * @param page the answer to the proof
 * @param event the newest failure among the events
 * @param took how long the person waited for the page
 */
public record FailedSignIn(Page page, JsonNode event, Duration took) {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    /** Tries to sign in an account's owner in a browser of its own, which must not succeed. */
    public static FailedSignIn of(GigyaRealm realm, Account account) {
        var visitor = realm.visit();
        return of(realm, visitor, realm.proofOf(account, visitor.audience()));
    }

    /** {@return the outcome of an attempt that took less than the three seconds that Gigya's failures may cost} */
    public static FailedSignIn inTime(Supplier<FailedSignIn> attempt) {
        // Once more where the machine itself stood still: an outage takes its time every time.
        var first = attempt.get();
        var refusal = first.took().compareTo(LIMIT) < 0 ? first : attempt.get();
        assertThat(refusal.took()).isLessThan(LIMIT);
        return refusal;
    }

    /** Posts a proof that must not succeed, and looks at what came of it. */
    public static FailedSignIn of(GigyaRealm realm, Visitor visitor, String idToken) {
        int before = failures(realm).size();
        long start = System.nanoTime();
        var page = visitor.post(idToken);
        var took = Duration.ofNanos(System.nanoTime() - start);
        var failures = failures(realm);
        assertThat(failures).as("one event tells of the failure").hasSize(before + 1);
        return new FailedSignIn(page, failures.get(0), took);
    }

    private static List<JsonNode> failures(GigyaRealm realm) {
        return realm.events().stream()
                .filter(event -> event.path("type").asText().equals("LOGIN_ERROR"))
                .toList();
    }

    /** The page says this, in the layout of the theme, and lets the person try again by a click. */
    public FailedSignIn reads(String text) {
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains(text).doesNotContain("gigyaError");
        assertThat(GigyaPage.of(page).settings()).containsEntry("auto", "false");
        assertThat(page.has("#gigya-retry")).isTrue();
        assertThat(page.has("#gigya-cancel")).isTrue();
        return this;
    }

    /** The event names this error of the contract. */
    public FailedSignIn isCalled(String gigyaError) {
        assertThat(event.at("/details/gigya_error").asText()).isEqualTo(gigyaError);
        return this;
    }

    /** The event holds the error code and the id of the call, or neither where Gigya answered no error. */
    public FailedSignIn quotes(OptionalInt errorCode) {
        var details = event.path("details");
        if (errorCode.isPresent()) {
            assertThat(details.path("gigya_error_code").asText()).isEqualTo(Integer.toString(errorCode.getAsInt()));
            assertThat(details.path("gigya_call_id").asText()).matches("[0-9a-f]{32}");
        } else {
            assertThat(details.has("gigya_error_code")).isFalse();
        }
        return this;
    }
}
