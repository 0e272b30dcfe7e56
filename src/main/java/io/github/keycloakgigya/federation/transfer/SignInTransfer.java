package io.github.keycloakgigya.federation.transfer;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.leaving.LeavingAccount;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.JpaUserLock;
import io.github.keycloakgigya.federation.settings.StorageSettings.PasswordCheck;
import io.github.keycloakgigya.federation.transfer.Verdict.PasswordFate;
import io.github.keycloakgigya.monitoring.TransferMeters;
import io.github.keycloakgigya.monitoring.TransferMeters.Outcome;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.models.ModelException;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * Takes over what goes along with an account as its owner signs in, where the settings want that. What Gigya does not tell
 * keeps nobody out.
 */
public final class SignInTransfer {

    private static final Logger LOG = Logger.getLogger(SignInTransfer.class);

    // Where nobody says since when the account has it. Clocks may differ, and what changed since has to count as
    // newer.
    private static final Duration CLOCKS = Duration.ofMinutes(5);

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
        if (typed.isPresent() && keep(user, typed.get(), created)) {
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

    /**
     * {@return whether a password was kept that was typed at a form of Keycloak's} Where none waits that it fits: a hash that
     * could not come along, or one that is not made as its settings say. It is hashed as the realm hashes all passwords,
     * and no policy for new ones refuses it: it is not new.
     *
     * @param user who stands for the account
     * @param typed which Gigya has accepted in this request
     * @param created when the password was set; empty where Gigya did not say
     */
    private boolean keep(UserModel user, String typed, Optional<Instant> created) {
        if (isKeptAnyway(local(user), typed)) {
            return false;
        }
        var hashed = hashed(typed);
        if (hashed.isEmpty()) {
            return false;
        }
        var since = created.orElseGet(() -> Instant.now().minus(CLOCKS));
        JpaUserLock.take(federation.session(), user.getId());
        federation.evict(user);
        var local = local(user);
        if (local == null || !federation.id().equals(local.getFederationLink())) {
            // Another request, perhaps on another node, removed or released the user meanwhile.
            return false;
        }
        WaitingPassword.put(WaitingPassword.captured(hashed.get(), since), local);
        local.setSingleAttribute(FederatedUser.PASSWORD, PasswordFate.CAPTURED.id());
        local.setSingleAttribute(FederatedUser.PASSWORD_OF, FederatedUser.text(since));
        return true;
    }

    // Past the cache, which may hold the user as it was before this request wrote it.
    private UserModel local(UserModel user) {
        return federation.localUsers().getUserById(federation.realm(), user.getId());
    }

    private boolean isKeptAnyway(UserModel user, String typed) {
        if (user == null) {
            return true;
        }
        var waiting = WaitingPassword.of(user);
        return waiting.isPresent()
                ? fits(waiting.get(), typed) && !WaitingPassword.isOutdated(waiting.get(), user)
                : federation.settings().passwordCheck() != PasswordCheck.GIGYA
                        && WaitingPassword.ownOf(user).findAny().isPresent();
    }

    private boolean fits(CredentialModel waiting, String typed) {
        var password = PasswordCredentialModel.createFromCredentialModel(waiting);
        var data = password.getPasswordCredentialData();
        var verifier =
                data == null ? null : federation.session().getProvider(PasswordHashProvider.class, data.getAlgorithm());
        return verifier != null && verifier.verify(typed, password);
    }

    private Optional<PasswordCredentialModel> hashed(String typed) {
        var policy = federation.realm().getPasswordPolicy();
        var named = Optional.ofNullable(policy.getHashAlgorithm())
                .map(id -> federation.session().getProvider(PasswordHashProvider.class, id));
        try {
            return Optional.of(named.orElseGet(() -> federation.session().getProvider(PasswordHashProvider.class))
                    .encodedCredential(typed, policy.getHashIterations()));
        } catch (ModelException refused) {
            LOG.warnf("A password is not kept: %s", refused.getMessage());
            return Optional.empty();
        }
    }
}
