package io.github.keycloakgigya.federation.transfer;

import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.JpaUserLock;
import io.github.keycloakgigya.federation.settings.StorageSettings.PasswordCheck;
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
 * Keeps a password that was typed at a form of Keycloak's and that Gigya accepted, where none waits that it fits: a hash
 * that could not come along, or one that is not made as its settings say. It is hashed as the realm hashes all passwords,
 * and no policy for new ones refuses it: it is not new.
 */
final class PasswordCapture {

    private static final Logger LOG = Logger.getLogger(PasswordCapture.class);

    // Where nobody says since when the account has it. Clocks may differ, and what changed since has to count as newer.
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    private final Federation federation;

    PasswordCapture(Federation federation) {
        this.federation = federation;
    }

    /**
     * {@return whether the password was kept}
     *
     * @param user who stands for the account
     * @param typed which Gigya has accepted in this request
     * @param created when the password was set; empty where Gigya did not say
     */
    boolean keep(UserModel user, String typed, Optional<Instant> created) {
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
