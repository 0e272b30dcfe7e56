package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.api.GigyaException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.UserStoragePrivateUtil;

/** Gives users to accounts that have none yet. */
final class Newcomers {

    private static final Logger LOG = Logger.getLogger(Newcomers.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ComponentModel component;
    private final StorageSettings settings;
    private final JpaBrokerLinks links;

    Newcomers(KeycloakSession session, RealmModel realm, ComponentModel component, StorageSettings settings) {
        this.session = session;
        this.realm = realm;
        this.component = component;
        this.settings = settings;
        this.links = new JpaBrokerLinks(session, realm, settings);
    }

    /**
     * Imports a user, or links one that is there where the policy allows it.
     *
     * @return the user's id
     * @throws AccountConflictException where the user name or e-mail address belongs to another user, or an identity
     *     provider links the account to one
     * @throws org.keycloak.models.ModelDuplicateException where another request added the user, or took its name
     * @throws GigyaException where Gigya could not say whether the e-mail address is verified
     */
    String admit(Admission admission) throws AccountConflictException, GigyaException {
        var profile = admission.profile();
        // So that the import has the only database connection of this request.
        var isFree = new BriefReading(session, realm)
                .of((own, ownRealm) -> new Newcomers(own, ownRealm, component, settings)
                        .existing(profile)
                        .isEmpty());
        var existing = isFree ? Optional.<UserModel>empty() : existing(profile);
        if (existing.isEmpty()) {
            var id = new UserIds(component.getId()).of(profile.uid());
            new UserImport(session, realm, component).create(id, admission, admission.isEmailVerified(settings));
            LOG.debugf("Imported user %s", id);
            return id;
        }
        var user = existing.get();
        // Another request may have imported the account in the meantime.
        if (!FederatedUser.standsFor(user, component.getId(), profile.uid())) {
            link(user, admission);
        }
        return user.getId();
    }

    /** {@return the user whom {@link #admit} would meet: linked to the account, or with its name or address} */
    Optional<UserModel> existing(ImportedProfile profile) {
        return links.userOf(profile.uid()).or(() -> conflicts().of(profile, Optional.empty()));
    }

    /** {@return whether {@link #admit} would link a user} */
    boolean mayLink(UserModel existing, Admission admission) throws GigyaException {
        return settings.existingUserPolicy() == ExistingUserPolicy.LINK_VERIFIED_EMAIL
                && admission.active()
                && conflicts().isLinkable(existing, admission.profile())
                && !links.isOfAnother(existing, admission.profile().uid())
                && admission.isEmailProven();
    }

    private void link(UserModel existing, Admission admission) throws AccountConflictException, GigyaException {
        var profile = admission.profile();
        if (!mayLink(existing, admission)) {
            throw new AccountConflictException(
                    "user name, e-mail address or link", component.getId().equals(existing.getFederationLink()));
        }
        // Through the cache, which has to forget the user's former name and address as well.
        var user = session.users().getUserById(realm, existing.getId());
        user.setFederationLink(component.getId());
        user.setSingleAttribute(FederatedUser.UID, profile.uid());
        // Users may have written these themselves until now. The one would bring them back after an administrator
        // disabled them, the other keep Gigya's changes away.
        user.removeAttribute(FederatedUser.MISSING);
        if (admission.asOf().isPresent()) {
            user.setSingleAttribute(
                    FederatedUser.AS_OF, FederatedUser.text(admission.asOf().get()));
        } else {
            user.removeAttribute(FederatedUser.AS_OF);
        }
        new ProfileWriter(profile, ImportedProfile.mapsEmail(settings)).write(user, true);
        LOG.infof("Linked user %s to its Gigya account by a verified e-mail address", user.getId());
    }

    private UserConflicts conflicts() {
        return new UserConflicts(realm, UserStoragePrivateUtil.userLocalStorage(session));
    }
}
