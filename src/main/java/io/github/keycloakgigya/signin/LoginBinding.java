package io.github.keycloakgigya.signin;

import java.time.Instant;
import java.util.Optional;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Ties proofs to one login in one browser, and remembers since when that login demands a new sign-in at Gigya. */
public final class LoginBinding {

    private static final String AUDIENCE = "gigya.audience";
    private static final String FRESH_SINCE = "gigya.fresh-since";
    private static final String ASKED_AGAIN = "gigya.askedAgain";

    private final AuthenticationSessionModel login;
    private final String audienceNote;

    private LoginBinding(AuthenticationSessionModel login, String audienceNote) {
        this.login = login;
        this.audienceNote = audienceNote;
    }

    /**
     * {@return what ties proofs to a login} It is kept in the login itself and ends with it. A restarted login has a new
     * audience.
     */
    public static LoginBinding of(AuthenticationSessionModel login) {
        return new LoginBinding(login, AUDIENCE);
    }

    /** {@return what ties proofs to a login at one identity provider} What was made for one is of no use at another. */
    public static LoginBinding of(AuthenticationSessionModel login, String providerAlias) {
        return new LoginBinding(login, AUDIENCE + "." + providerAlias);
    }

    /**
     * {@return the audience that the page asks Gigya's tokens to be made for} Nobody can guess it, and nobody but the
     * browser of this login is told.
     */
    String newOrKnownAudience() {
        return audience().orElseGet(() -> {
            var audience = "keycloak-" + SecretGenerator.getInstance().randomString(32);
            login.setAuthNote(audienceNote, audience);
            return audience;
        });
    }

    /** {@return the audience that this login's page was given; empty where no page was shown} */
    public Optional<String> audience() {
        return Optional.ofNullable(login.getAuthNote(audienceNote));
    }

    /** Demands a sign-in at Gigya that is newer than the first demand. A restart of the login does not lift it. */
    void demandFreshSignIn(Instant now) {
        if (login.getClientNote(FRESH_SINCE) == null) {
            login.setClientNote(FRESH_SINCE, Long.toString(now.toEpochMilli()));
        }
    }

    /** {@return since when a new sign-in at Gigya is demanded; empty where an open session will do} */
    public Optional<Instant> freshSince() {
        return Optional.ofNullable(login.getClientNote(FRESH_SINCE))
                .map(Long::parseLong)
                .map(Instant::ofEpochMilli);
    }

    /** {@return whether this login's page has asked Gigya again by itself, after a proof that was used before} */
    boolean hasAskedAgain() {
        return login.getAuthNote(ASKED_AGAIN) != null;
    }

    /** Notes that the page asks Gigya again by itself. */
    void askAgain() {
        login.setAuthNote(ASKED_AGAIN, Boolean.TRUE.toString());
    }
}
