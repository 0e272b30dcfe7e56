package io.github.keycloakgigya.federation.transfer;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.leaving.LeavingAccount;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.JpaUserLock;
import io.github.keycloakgigya.federation.transfer.IdentityLinks.Decision;
import io.github.keycloakgigya.federation.transfer.Verdict.IdentityLink;
import io.github.keycloakgigya.federation.transfer.Verdict.LeavingState;
import io.github.keycloakgigya.federation.transfer.Verdict.PasswordFate;
import io.github.keycloakgigya.monitoring.TransferMeters;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.UserModel;

/**
 * Takes what goes along with an account over to its user: the password and links to identity providers, which wait until
 * the user is released. What is told beforehand and what is then done come from one decision.
 */
public final class AccountTransfer {

    private final Federation federation;
    private final IdentityLinks links;

    private AccountTransfer(Federation federation) {
        this.federation = federation;
        this.links = new IdentityLinks(federation);
    }

    /** {@return what works in the transaction of a federation's session} The federation imports its users. */
    public static AccountTransfer of(Federation federation) {
        return new AccountTransfer(federation);
    }

    /** {@return the user that stands for an account, or did until released; empty if there is none} */
    public Optional<UserModel> userOf(Uid uid) {
        var local = federation.localUsers();
        return Optional.ofNullable(
                        local.getUserById(federation.realm(), federation.ids().of(uid)))
                .filter(user -> FederatedUser.standsFor(user, federation.id(), uid))
                .or(() -> local.searchForUserByUserAttributeStream(federation.realm(), FederatedUser.UID, uid.value())
                        .filter(user -> FederatedUser.standsFor(user, federation.id(), uid))
                        .findFirst())
                .or(() -> federation.released().userOf(uid));
    }

    private record Decided(
            Verdict verdict, PasswordDecision password, List<Decision> links, Map<String, String> attributes) {

        boolean changes(UserModel user) {
            return password.changes()
                    || attributes.entrySet().stream().anyMatch(attribute -> differs(attribute, user))
                    || IdentityLinks.change(links, user);
        }
    }

    /**
     * {@return what {@link #transfer} would say} Writes nothing.
     *
     * @param user who stands for the account, or did until released; empty where there is none
     */
    public Verdict assess(LeavingAccount account, Optional<UserModel> user) {
        return user.map(known -> decided(account, known).verdict())
                .orElseGet(() -> new Verdict(LeavingState.NOT_IMPORTED, "", PasswordFate.NONE, List.of()));
    }

    /**
     * Takes over what goes along with an account, and {@return what became of it} Writes only what is new: done again, it
     * changes nothing. Waits for who else writes the user, on any node.
     *
     * @param user who stands for the account, or did until released; such a one is left alone
     * @throws org.keycloak.models.ModelException where the database gives up waiting
     */
    public Verdict transfer(LeavingAccount account, UserModel user) {
        var before = decided(account, user);
        if (!before.verdict().state().isWritten() || !before.changes(user)) {
            return before.verdict();
        }
        JpaUserLock.take(federation.session(), user.getId());
        federation.evict(user);
        var local = federation.localUsers().getUserById(federation.realm(), user.getId());
        if (local == null) {
            // Another request, perhaps on another node, removed the user meanwhile.
            return assess(account, Optional.empty());
        }
        var decided = decided(account, local);
        if (decided.verdict().state().isWritten()) {
            write(decided, local);
        }
        return decided.verdict();
    }

    /**
     * {@return whether {@link #transfer} would take something away from a user} That is a password or a link that waits,
     * or the permission to be released.
     */
    public boolean takesAway(LeavingAccount account, UserModel user) {
        var decided = decided(account, user);
        return decided.verdict().state().isWritten()
                && (decided.password().outdated()
                        || IdentityLinks.takesAway(decided.links(), user)
                        || (!account.isOpen() && user.isEnabled()));
    }

    private void write(Decided decided, UserModel local) {
        decided.password().write(local);
        IdentityLinks.write(decided.links(), local);
        decided.attributes().entrySet().stream()
                .filter(attribute -> differs(attribute, local))
                .forEach(attribute -> local.setSingleAttribute(attribute.getKey(), attribute.getValue()));
        GigyaConnector.metersOf(federation.session())
                .transfers()
                .count(TransferMeters.Outcome.valueOf(decided.password().fate().name()));
    }

    private static boolean differs(Map.Entry<String, String> attribute, UserModel user) {
        return !attribute.getValue().equals(user.getFirstAttribute(attribute.getKey()));
    }

    private Decided decided(LeavingAccount account, UserModel user) {
        if (federation.released().isOn(user, account.uid())) {
            var password = PasswordDecision.ofReleased(user);
            var verdict = new Verdict(LeavingState.RELEASED, password.algorithm(), password.fate(), List.of());
            return new Decided(verdict, password, List.of(), Map.of());
        }
        if (!FederatedUser.standsFor(user, federation.id(), account.uid())) {
            throw new IllegalArgumentException("the account is another user's");
        }
        if (account.missingFlag().isPresent()) {
            var verdict = new Verdict(
                    LeavingState.UNKNOWN, "no " + account.missingFlag().get(), PasswordFate.NONE, List.of());
            return new Decided(verdict, PasswordDecision.ofReleased(user), List.of(), Map.of());
        }
        var check = federation.settings().passwordCheck();
        var password = account.isOpen()
                ? PasswordDecision.of(account, user, check, federation.session())
                : PasswordDecision.ofShutOut(account, user, check);
        var linked = linked(account, user);
        return new Decided(
                verdict(account, user, password, linked), password, linked, attributes(account, password.fate()));
    }

    private List<Decision> linked(LeavingAccount account, UserModel user) {
        if (!account.isOpen()) {
            return List.of();
        }
        return account.isIdentitiesKnown() ? links.of(account.identities(), user) : IdentityLinks.kept(user);
    }

    private static Map<String, String> attributes(LeavingAccount account, PasswordFate fate) {
        var attributes = new HashMap<>(Map.of(FederatedUser.PASSWORD, fate.id()));
        // Of whoever is not let in nothing is kept: it has to be asked for again.
        (account.isOpen() ? account.passwordCreated() : Optional.of(Instant.EPOCH))
                .map(PasswordDecision::notLaterThanNow)
                .map(FederatedUser::text)
                .ifPresent(since -> attributes.put(FederatedUser.PASSWORD_OF, since));
        return attributes;
    }

    private static Verdict verdict(
            LeavingAccount account, UserModel user, PasswordDecision password, List<Decision> linked) {
        var told = linked.stream().map(Decision::told).toList();
        var state = state(account, user, password.fate(), told);
        var detail = state == LeavingState.SOCIAL_ONLY ? provider(told) : password.algorithm();
        return new Verdict(state, detail, password.fate(), told);
    }

    private static LeavingState state(
            LeavingAccount account, UserModel user, PasswordFate password, List<IdentityLink> told) {
        if (!account.active() || !user.isEnabled()) {
            return LeavingState.INACTIVE;
        }
        if (!account.registered()) {
            return LeavingState.INCOMPLETE;
        }
        if (password.isUsable()) {
            return LeavingState.READY;
        }
        if (password == PasswordFate.UNSUPPORTED) {
            return LeavingState.UNSUPPORTED;
        }
        return told.isEmpty() ? LeavingState.PASSWORDLESS : LeavingState.SOCIAL_ONLY;
    }

    // By which the person can sign in, if there is one.
    private static String provider(List<IdentityLink> told) {
        return told.stream()
                .filter(IdentityLink::works)
                .findFirst()
                .orElse(told.get(0))
                .provider();
    }
}
