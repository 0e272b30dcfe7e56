package io.github.keycloakgigya.signin;

import java.time.Instant;
import java.util.Optional;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Ties proofs to one login in one browser, and remembers since when that login demands a new sign-in at Gigya. */
public final class LoginBinding {

    private static final String AUDIENCE = "gigya.audience";
    private static final String FRESH_SINCE = "gigya.fresh-since";

    private final AuthenticationSessionModel login;

    /** Keeps what it remembers in the login itself: it ends with it. A restarted login has a new audience. */
    public LoginBinding(AuthenticationSessionModel login) {
        this.login = login;
    }

    /**
     * {@return the audience that the page asks Gigya's tokens to be made for} Nobody can guess it, and nobody but the
     * browser of this login is told.
     */
    String newOrKnownAudience() {
        return audience().orElseGet(() -> {
            var audience = "keycloak-" + SecretGenerator.getInstance().randomString(32);
            login.setAuthNote(AUDIENCE, audience);
            return audience;
        });
    }

    /** {@return the audience that this login's page was given; empty where no page was shown} */
    public Optional<String> audience() {
        return Optional.ofNullable(login.getAuthNote(AUDIENCE));
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
}
