package io.github.keycloakgigya.signin;

import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Checks at Gigya that a person signed in there since Keycloak demanded it ({@code prompt=login}, {@code max_age}, a
 * sensitive action). A browser's word is not enough: its proof may come from a session that was open all along.
 */
public final class FreshSignIn {

    // iat has no fraction, and a call takes time.
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    private final GigyaConnection connection;
    private final Clock clock;

    /** Asks one site. */
    public FreshSignIn(GigyaConnection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /**
     * Makes sure of it.
     *
     * @param since when Keycloak demanded the sign-in, by Keycloak's clock
     * @param account what Gigya said of the account a moment ago, which tells Gigya's clock
     * @throws SignInException where the account's last sign-in is older, or unknown
     */
    public void require(Instant since, GigyaAccount account) throws SignInException {
        var earliest = earliest(since, account);
        if (lastLogin(account.uid()).isBefore(earliest)) {
            throw SignInException.of(SignInError.PROOF_EXPIRED, "the sign-in at Gigya is older than the one demanded");
        }
    }

    /**
     * {@return whether the person may have signed in there since; false where Gigya does not say}
     *
     * @param since by Keycloak's clock
     * @param account what Gigya said of the account a moment ago, which tells Gigya's clock
     */
    boolean isSince(Instant since, GigyaAccount account) throws GigyaException {
        var earliest = earliest(since, account);
        return connection
                .api()
                .getAccountInfo(account.uid())
                .lastLogin()
                .filter(lastLogin -> !lastLogin.isBefore(earliest))
                .isPresent();
    }

    private Instant earliest(Instant since, GigyaAccount account) {
        var clockOffset = Duration.between(clock.instant(), account.asOf());
        return since.plus(clockOffset).minus(TOLERANCE);
    }

    private Instant lastLogin(Uid uid) throws SignInException {
        try {
            var account = connection.accounts().state(uid);
            if (!account.active()) {
                throw SignInException.of(SignInError.ACCOUNT_DISABLED, "the account is disabled in Gigya");
            }
            return account.lastLogin()
                    .orElseThrow(() -> SignInException.of(
                            SignInError.PROOF_EXPIRED, "Gigya does not say when the account last signed in"));
        } catch (GigyaException failed) {
            throw SignInException.of(failed);
        }
    }
}
