package io.github.keycloakgigya.federation;

import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.storage.UserStoragePrivateUtil;

/** Adds a user to Keycloak's own storage for an account. */
public final class UserImport {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ComponentModel component;

    UserImport(KeycloakSession session, RealmModel realm, ComponentModel component) {
        this.session = session;
        this.realm = realm;
        this.component = component;
    }

    /**
     * Adds the user and commits.
     *
     * @throws org.keycloak.models.ModelDuplicateException where another request added it, or took its name
     */
    void create(String id, Admission admission) {
        var profile = admission.profile();
        // In a transaction of its own: after a collision in the database the one of this request would be unusable.
        KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), session.getContext(), own -> {
            var ownRealm = own.realms().getRealm(realm.getId());
            var user =
                    UserStoragePrivateUtil.userLocalStorage(own).addUser(ownRealm, id, profile.username(), true, true);
            user.setFederationLink(component.getId());
            user.setEnabled(true);
            if (!admission.active()) {
                MissingMark.put(user);
            }
            user.setSingleAttribute(FederatedUser.UID, profile.uid());
            admission.asOf().ifPresent(asOf -> user.setSingleAttribute(FederatedUser.AS_OF, FederatedUser.text(asOf)));
            new ProfileWriter(profile, true).write(user);
            ProfileMembers.write(own, ownRealm, profile, user);
        });
    }
}
