package io.github.keycloakgigya.federation.transfer;

import io.github.keycloakgigya.api.leaving.LinkedIdentity;
import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.settings.TransferSettings;
import io.github.keycloakgigya.federation.transfer.IdentityLink.Outcome;
import io.github.keycloakgigya.settings.SiteAccounts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Identities elsewhere as links to the identity providers of a realm. */
final class IdentityLinks {

    private final KeycloakSession session;
    private final RealmModel realm;

    private final TransferSettings settings;

    IdentityLinks(Federation federation) {
        this.session = federation.session();
        this.realm = federation.realm();
        this.settings = federation.settings().transfer();
    }

    /**
     * What becomes of one identity.
     *
     * @param told what is told of it
     * @param link what is to be added; empty where nothing is
     */
    record Decision(IdentityLink told, Optional<FederatedIdentityModel> link) {

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
            decision.link().map(FederatedIdentityModel::getIdentityProvider).ifPresent(taken::add);
            decisions.add(decision);
        }
        return decisions;
    }

    private Decision of(LinkedIdentity identity, UserModel user, Set<String> taken) {
        var provider = identity.provider();
        var alias = alias(provider);
        if (alias.isEmpty()) {
            return told(provider, Outcome.NO_PROVIDER);
        }
        var link = new FederatedIdentityModel(alias.get(), identity.providerUid(), null);
        var owner = session.users().getUserByFederatedIdentity(realm, link);
        if (owner != null && !owner.getId().equals(user.getId())) {
            return told(provider, Outcome.OF_ANOTHER_USER);
        }
        var linked = session.users().getFederatedIdentity(realm, user, alias.get());
        if (linked != null || taken.contains(alias.get())) {
            var isSame = linked != null && identity.providerUid().equals(linked.getUserId());
            return told(provider, isSame ? Outcome.LINKED : Outcome.OF_ANOTHER_IDENTITY);
        }
        return new Decision(new IdentityLink(provider, Outcome.LINKED), Optional.of(link));
    }

    private static Decision told(String provider, Outcome outcome) {
        return new Decision(new IdentityLink(provider, outcome), Optional.empty());
    }

    // Those of this extension lead to Gigya again.
    private Optional<String> alias(String provider) {
        return Optional.ofNullable(session.identityProviders().getByAlias(settings.alias(provider)))
                .filter(IdentityProviderModel::isEnabled)
                .filter(found -> !SiteAccounts.IDENTITY_PROVIDER_ID.equals(found.getProviderId()))
                .map(IdentityProviderModel::getAlias);
    }

    /** Adds what is to be added. */
    void write(List<Decision> decisions, UserModel user) {
        decisions.stream()
                .flatMap(decision -> decision.link().stream())
                .forEach(link -> session.users().addFederatedIdentity(realm, user, link));
    }
}
