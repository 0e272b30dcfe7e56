package io.github.keycloakgigya.federation.transfer;

import io.github.keycloakgigya.api.leaving.LeavingAccount.LinkedIdentity;
import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.settings.TransferSettings;
import io.github.keycloakgigya.federation.transfer.Verdict.IdentityLink;
import io.github.keycloakgigya.federation.transfer.Verdict.IdentityLink.Outcome;
import io.github.keycloakgigya.federation.transfer.WaitingLinks.WaitingLink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Identities elsewhere as what is to become links to the identity providers of a realm. */
final class IdentityLinks {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final TransferSettings settings;
    private final SignInProviders providers;

    IdentityLinks(Federation federation) {
        this.session = federation.session();
        this.realm = federation.realm();
        this.settings = federation.settings().transfer();
        this.providers = new SignInProviders(federation);
    }

    /**
     * What becomes of one identity.
     *
     * @param told what is told of it
     * @param link what is to wait for the release; empty where nothing is
     */
    record Decision(IdentityLink told, Optional<WaitingLink> link) {

        /** Leaves the person out. */
        @Override
        public String toString() {
            return "Decision[" + told + "]";
        }
    }

    /** {@return what becomes of the identities of a user's account} */
    List<Decision> of(List<LinkedIdentity> identities, UserModel user) {
        var decisions = new ArrayList<Decision>();
        var taken = new HashSet<String>();
        for (var identity : identities) {
            var decision = of(identity, user, taken);
            decision.link().map(WaitingLink::alias).ifPresent(taken::add);
            decisions.add(decision);
        }
        return decisions;
    }

    private Decision of(LinkedIdentity identity, UserModel user, Set<String> taken) {
        var provider = identity.provider();
        var found = providers.linkable(settings.alias(provider));
        if (found.isEmpty()) {
            return told(provider, Outcome.NO_PROVIDER);
        }
        var alias = found.get().getAlias();
        var link = new WaitingLink(alias, found.get().getInternalId(), identity.providerUid());
        var owner = session.users().getUserByFederatedIdentity(realm, link.link());
        if (owner != null && !owner.getId().equals(user.getId())) {
            return told(provider, Outcome.OF_ANOTHER_USER);
        }
        var linked = session.users().getFederatedIdentity(realm, user, alias);
        if (linked != null || taken.contains(alias)) {
            var isSame = linked != null && identity.providerUid().equals(linked.getUserId());
            return told(provider, isSame ? Outcome.LINKED : Outcome.OF_ANOTHER_IDENTITY);
        }
        return new Decision(new IdentityLink(provider, Outcome.LINKED), Optional.of(link));
    }

    private static Decision told(String provider, Outcome outcome) {
        return new Decision(new IdentityLink(provider, outcome), Optional.empty());
    }

    /** {@return the decision to keep what waits} */
    static List<Decision> kept(UserModel user) {
        return WaitingLinks.WAITING.of(user).stream()
                .map(link -> new Decision(new IdentityLink(link.alias(), Outcome.LINKED), Optional.of(link)))
                .toList();
    }

    /** {@return whether one that waits is not to wait any more} */
    static boolean takesAway(List<Decision> decisions, UserModel user) {
        return !waiting(decisions).containsAll(WaitingLinks.WAITING.of(user));
    }

    /** {@return whether others are to wait than those that wait} */
    static boolean change(List<Decision> decisions, UserModel user) {
        return !waiting(decisions).equals(WaitingLinks.WAITING.of(user));
    }

    /** Lets those wait that are to wait, instead of those that an earlier look at the account found. */
    static void write(List<Decision> decisions, UserModel local) {
        if (change(decisions, local)) {
            WaitingLinks.WAITING.put(waiting(decisions), local);
        }
    }

    private static List<WaitingLink> waiting(List<Decision> decisions) {
        return decisions.stream()
                .flatMap(decision -> decision.link().stream())
                .sorted(Comparator.comparing(WaitingLink::alias))
                .toList();
    }
}
