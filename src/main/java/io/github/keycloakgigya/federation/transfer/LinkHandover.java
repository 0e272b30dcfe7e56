package io.github.keycloakgigya.federation.transfer;

import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.transfer.WaitingLinks.WaitingLink;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.storage.UserStorageUtil;

/**
 * Makes identities that wait for a user links of Keycloak's as the user leaves Gigya, and has them wait again as the user
 * comes back. To be called in the transaction in which the user's link to the federation changes, with the user's row taken.
 */
public final class LinkHandover {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserProvider local;
    private final SignInProviders providers;

    /** Hands over identities of a federation's users. */
    public LinkHandover(Federation federation, SignInProviders providers) {
        this.session = federation.session();
        this.realm = federation.realm();
        this.local = federation.localUsers();
        this.providers = providers;
    }

    /** {@return the type of the credentials in which identities wait} */
    public static String waitingType() {
        return WaitingLinks.WAITING.type();
    }

    /**
     * {@return whether a release would make any of the identities that wait a link by which the person can sign in}
     *
     * @param secretData of a credential of type {@link #waitingType}
     */
    public boolean wouldSignIn(String secretData) {
        return WaitingLinks.parse(secretData).stream().anyMatch(this::isFree);
    }

    /**
     * Makes links of the identities that wait for a user. What has happened since they were found decides: those whose
     * provider is another one by now, or signs nobody in, and those that are linked, to the user or to another, are dropped.
     *
     * @param user as Keycloak's own tables hold it
     */
    public void release(UserModel user) {
        var made = new ArrayList<WaitingLink>();
        for (var waiting : WaitingLinks.WAITING.of(user)) {
            if (isFree(waiting) && local.getFederatedIdentity(realm, user, waiting.alias()) == null) {
                session.users().addFederatedIdentity(realm, user, waiting.link());
                made.add(waiting);
            }
        }
        WaitingLinks.WAITING.put(List.of(), user);
        WaitingLinks.MADE.put(made, user);
    }

    /**
     * Takes back the links that the release made, and lets them wait again: Gigya signs the person in from now on. Links that
     * the user had before, or made since, stay, and so does what waits for somebody whom no release let go.
     *
     * @param user as Keycloak's own tables hold it
     */
    public void rejoin(UserModel user) {
        var links = WaitingLinks.MADE.of(user);
        if (links.isEmpty()) {
            return;
        }
        var back = new ArrayList<WaitingLink>();
        for (var made : links) {
            var link = local.getFederatedIdentity(realm, user, made.alias());
            if (link != null && made.person().equals(link.getUserId())) {
                session.users().removeFederatedIdentity(realm, user, made.alias());
                back.add(made);
            }
        }
        WaitingLinks.MADE.put(List.of(), user);
        WaitingLinks.WAITING.put(back, user);
    }

    private boolean isFree(WaitingLink waiting) {
        return providers
                        .linkable(waiting.alias())
                        .filter(found -> waiting.provider().equals(found.getInternalId()))
                        .isPresent()
                && local.getUserByFederatedIdentity(realm, waiting.link()) == null
                && UserStorageUtil.userFederatedStorage(session).getUserByFederatedIdentity(waiting.link(), realm)
                        == null;
    }
}
