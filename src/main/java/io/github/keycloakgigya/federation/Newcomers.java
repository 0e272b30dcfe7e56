package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FederatedUser.MissingMark;
import io.github.keycloakgigya.federation.ImportedProfile.UserDraft;
import io.github.keycloakgigya.federation.NameContest.Settlement;
import io.github.keycloakgigya.federation.NameContest.UserConflicts;
import io.github.keycloakgigya.federation.organization.OrganizationMembers;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.federation.settings.StorageSettings.ExistingUserPolicy;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.storage.UserStoragePrivateUtil;

/** Gives users to accounts that have none yet. */
public final class Newcomers {

    private static final Logger LOG = Logger.getLogger(Newcomers.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ComponentModel component;
    private final StorageSettings settings;
    private final BrokerLinks links;
    private final JpaNameRelease names;
    private final ReleaseMark released;

    /** Adds users to a federation. */
    public Newcomers(KeycloakSession session, RealmModel realm, ComponentModel component, StorageSettings settings) {
        this.session = session;
        this.realm = realm;
        this.component = component;
        this.settings = settings;
        this.links = BrokerLinks.of(session, realm, settings);
        this.names = new JpaNameRelease(session, realm, component.getId());
        this.released = new ReleaseMark(session, realm, component.getId());
    }

    /**
     * Imports a user, or links one that is there where the policy allows it.
     *
     * @return the user's id
     * @throws AccountConflictException where the user name or e-mail address belongs to another user, or an identity
     *     provider links the account to one, or the account's own user has left the federation
     * @throws org.keycloak.models.ModelDuplicateException where another request added the user, or took its name
     * @throws GigyaException where Gigya could not say whether the e-mail address is verified
     */
    public String admit(UserDraft draft) throws AccountConflictException, GigyaException {
        if (JpaUserLock.isOfAnother(
                session, new UserIds(component.getId()).of(draft.profile().uid()))) {
            throw GigyaException.unavailable("a user is imported while the same request writes another one");
        }
        // So that the import has the only database connection of this request.
        var free = new JpaBriefReading(session, realm)
                .of((own, ownRealm) -> new Newcomers(own, ownRealm, component, settings).unclaimed(draft));
        if (free.isPresent()) {
            return create(draft.with(free.get()));
        }
        var settled = settle(draft);
        if (settled.owner().isEmpty()) {
            names.of(settled);
            return create(draft.with(settled.profile()));
        }
        var user = settled.owner().get();
        // Another request may have imported the account in the meantime.
        if (!FederatedUser.standsFor(user, component.getId(), draft.profile().uid())) {
            link(user, draft);
        }
        return user.getId();
    }

    private String create(UserDraft draft) {
        // In a transaction of its own: after a collision in the database the one of this request would be unusable.
        var id = KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(), session.getContext(), own -> add(own, draft), "Import of a user");
        LOG.debugf("Imported user %s", id);
        return id;
    }

    private String add(KeycloakSession own, UserDraft draft) {
        var ownRealm = own.realms().getRealm(realm.getId());
        var profile = draft.profile();
        var users = UserStoragePrivateUtil.userLocalStorage(own);
        var id = freeId(users, ownRealm, profile.uid(), new ReleaseMark(own, ownRealm, component.getId()));
        var user = users.addUser(ownRealm, id, profile.username(), true, true);
        user.setFederationLink(component.getId());
        user.setEnabled(true);
        if (!draft.active()) {
            MissingMark.put(user);
        }
        user.setSingleAttribute(FederatedUser.UID, profile.uid().value());
        draft.asOf().ifPresent(asOf -> user.setSingleAttribute(FederatedUser.AS_OF, FederatedUser.text(asOf)));
        new ProfileWriter(profile, true).write(user);
        ProfileMembers.write(own, ownRealm, profile, user);
        return id;
    }

    // Whoever else has the id is a collision, for the database to say: the account's own user, whom another node has
    // imported meanwhile, or one whom an administrator took out of the federation.
    private String freeId(UserProvider users, RealmModel ownRealm, Uid uid, ReleaseMark mark) {
        var ids = new UserIds(component.getId());
        return ids.allOf(uid)
                .filter(id -> Optional.ofNullable(users.getUserById(ownRealm, id))
                        .filter(user -> hasFollowedAnother(user, uid, mark))
                        .isEmpty())
                .findFirst()
                .orElseGet(() -> ids.of(uid));
    }

    private boolean hasFollowedAnother(UserModel user, Uid uid, ReleaseMark mark) {
        var followed =
                component.getId().equals(user.getFederationLink()) ? FederatedUser.uidOf(user) : mark.uidOf(user);
        return followed.filter(other -> !other.equals(uid)).isPresent();
    }

    /** {@return what a new user would look like to whom nobody has to give way; empty where that can't be told at once} */
    private Optional<ImportedProfile> unclaimed(UserDraft draft) {
        try {
            return Optional.of(settle(draft))
                    .filter(settled ->
                            settled.owner().isEmpty() && settled.lost().isEmpty())
                    .map(Settlement::profile);
        } catch (GigyaException notTold) {
            return Optional.empty();
        }
    }

    /** {@return whether the account's user has left the federation, so that nobody is admitted} */
    public boolean isReleased(UserDraft draft) {
        return released.userOf(draft.profile().uid()).isPresent();
    }

    /**
     * {@return whose the account's name and address are} The owner is the user whom {@link #admit} would meet: the one who
     * has left, linked to the account, or with its name or address.
     */
    public Settlement settle(UserDraft draft) throws GigyaException {
        var uid = draft.profile().uid();
        var linked = released.userOf(uid).or(() -> links.userOf(uid));
        return linked.isPresent()
                ? Settlement.belongingTo(linked.get(), draft.profile())
                : contest().of(draft.profile(), draft.addresses(), Optional.empty());
    }

    /** {@return what the user whom {@link #admit} would link would look like; empty where it would not link} */
    public Optional<Settlement> linking(UserModel existing, UserDraft draft) throws GigyaException {
        var mayLink = settings.existingUserPolicy() == ExistingUserPolicy.LINK_VERIFIED_EMAIL
                && draft.active()
                && conflicts().isLinkable(existing, draft.profile())
                && released.uidOf(existing).isEmpty()
                && !links.isOfAnother(existing, draft.profile().uid())
                && draft.isEmailProven();
        if (!mayLink) {
            return Optional.empty();
        }
        return Optional.of(contest().of(draft.profile(), draft.addresses(), Optional.of(existing)))
                .filter(settled -> settled.owner().isEmpty());
    }

    private void link(UserModel existing, UserDraft draft) throws AccountConflictException, GigyaException {
        if (released.isOn(existing, draft.profile().uid())) {
            throw AccountConflictException.released();
        }
        var settled = linking(existing, draft);
        if (settled.isEmpty()) {
            throw new AccountConflictException(
                    "user name, e-mail address or link", component.getId().equals(existing.getFederationLink()));
        }
        names.of(settled.get());
        var profile = settled.get().profile();
        // Through the cache, which has to forget the user's former name and address as well.
        var user = session.users().getUserById(realm, existing.getId());
        user.setFederationLink(component.getId());
        user.setSingleAttribute(FederatedUser.UID, profile.uid().value());
        // Users may have written these themselves until now: the last two have organizations given or taken.
        FederatedUser.forgetWritten(user);
        user.removeAttribute(FederatedUser.RELEASED);
        OrganizationMembers.attributes().forEach(user::removeAttribute);
        draft.asOf().ifPresent(asOf -> user.setSingleAttribute(FederatedUser.AS_OF, FederatedUser.text(asOf)));
        new ProfileWriter(profile, ImportedProfile.mapsEmail(settings)).write(user);
        ProfileMembers.write(session, realm, profile, user);
        LOG.infof("Linked user %s to its Gigya account by a verified e-mail address", user.getId());
    }

    private NameContest contest() {
        return new NameContest(component.getId(), settings, conflicts());
    }

    private UserConflicts conflicts() {
        return new UserConflicts(realm, UserStoragePrivateUtil.userLocalStorage(session));
    }
}
