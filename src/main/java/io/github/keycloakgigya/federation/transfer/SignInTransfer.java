package io.github.keycloakgigya.federation.transfer;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.leaving.LeavingAccount;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.monitoring.TransferMeters;
import io.github.keycloakgigya.monitoring.TransferMeters.Outcome;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.UserModel;

/**
 * Takes over what goes along with an account as its owner signs in, where the settings want that. What Gigya does not tell
 * keeps nobody out.
 */
public final class SignInTransfer {

    private static final Logger LOG = Logger.getLogger(SignInTransfer.class);

    private final Federation federation;
    private final Optional<LeavingAccount> told;

    private SignInTransfer(Federation federation, Optional<LeavingAccount> told) {
        this.federation = federation;
        this.told = told;
    }

    /**
     * {@return what takes over what goes along; empty where the settings don't want that} Makes one call to Gigya, but for
     * a user whose password is known to be kept as it is now. To be called before the request uses the database, so that no
     * connection to that waits for Gigya.
     *
     * @param known the account's user; empty where Keycloak knows none yet
     */
    public static Optional<SignInTransfer> begin(
            Federation federation, GigyaConnection connection, Uid uid, Optional<UserModel> known) {
        var settings = federation.settings();
        if (!settings.importEnabled() || !settings.transfer().isAtSignIn()) {
            return Optional.empty();
        }
        var isCurrent = known.filter(SignInTransfer::isCurrent).isPresent();
        return Optional.of(
                new SignInTransfer(federation, isCurrent ? Optional.empty() : asked(federation, connection, uid)));
    }

    // As a sync saw it last.
    private static boolean isCurrent(UserModel user) {
        return FederatedUser.passwordSince(user)
                .map(FederatedUser::text)
                .filter(seen -> seen.equals(user.getFirstAttribute(FederatedUser.PASSWORD_OF)))
                .isPresent();
    }

    private static Optional<LeavingAccount> asked(Federation federation, GigyaConnection connection, Uid uid) {
        try {
            return Optional.of(connection.leaving().account(uid));
        } catch (GigyaException failed) {
            metersOf(federation).count(Outcome.FAILED);
            LOG.logf(
                    failed.kind() == FailureKind.MISCONFIGURED ? Logger.Level.WARN : Logger.Level.INFO,
                    "The password of user %s does not come along at this sign-in: %s",
                    federation.ids().of(uid),
                    failed.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Writes what goes along.
     *
     * @param user who stands for the account, and is let in
     * @param typed the password, where it was typed at a form of Keycloak's and Gigya has accepted it
     * @throws org.keycloak.models.ModelException where the database gives up waiting for the user
     */
    public void write(UserModel user, Optional<String> typed) {
        told.ifPresent(account -> AccountTransfer.of(federation).transfer(account, user));
        var created =
                told.isPresent() ? told.get().passwordCreated().map(PasswordDecision::notLaterThanNow) : kept(user);
        if (typed.isPresent() && new PasswordCapture(federation).keep(user, typed.get(), created)) {
            metersOf(federation).count(Outcome.CAPTURED);
        }
    }

    // Where nothing was asked for, the user is as a sync saw the account last.
    private static Optional<Instant> kept(UserModel user) {
        return Optional.of(user).filter(SignInTransfer::isCurrent).flatMap(FederatedUser::passwordSince);
    }

    private static TransferMeters metersOf(Federation federation) {
        return GigyaConnector.metersOf(federation.session()).transfers();
    }
}
