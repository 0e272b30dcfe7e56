package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.federation.organization.OrganizationMembers;
import io.github.keycloakgigya.federation.organization.RealmOrganizations;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.UserStorageUtil;

/**
 * The memberships of users in the realm's organizations, where the federation's settings ask for them.
 *
 * @param organizations those of the realm
 */
public record ProfileMembers(RealmOrganizations organizations) {

    /** {@return a profile with what its organizations amount to; the same where the realm has no organizations} */
    public ImportedProfile resolved(KeycloakSession session, RealmModel realm, ImportedProfile profile) {
        return RealmOrganizations.areOn(session, realm)
                ? profile.with(organizations.membershipsOf(session, realm, profile.organizations()))
                : profile;
    }

    /** {@return whether a profile asks for any membership} Who is new has none that could be taken. */
    public static boolean wantedBy(ImportedProfile profile) {
        return !profile.attributes()
                .getOrDefault(OrganizationMembers.WANTED, List.of())
                .isEmpty();
    }

    /**
     * Gives and takes what a profile asks for that was written to a user.
     *
     * @param local the user in Keycloak's own storage
     */
    public static void write(KeycloakSession session, RealmModel realm, ImportedProfile profile, UserModel local) {
        var wanted = profile.attributes().get(OrganizationMembers.WANTED);
        if (wanted == null) {
            return;
        }
        var given = local.getAttributeStream(OrganizationMembers.GIVEN).sorted().toList();
        if (wanted.isEmpty() && given.isEmpty()) {
            return;
        }
        // Keycloak reads the user while it adds a member, and must not cache what is not committed.
        Optional.ofNullable(UserStorageUtil.userCache(session)).ifPresent(cache -> cache.evict(realm, local));
        var now = new OrganizationMembers(session, realm).change(local, given, wanted);
        if (now.isEmpty()) {
            local.removeAttribute(OrganizationMembers.GIVEN);
        } else if (!now.equals(given)) {
            local.setAttribute(OrganizationMembers.GIVEN, now);
        }
    }

    /**
     * Gives and takes what a profile asks for, of a user of whom Keycloak's federated storage keeps what the user tables
     * would.
     *
     * @param user as Keycloak may have cached it
     * @return whether anything was news, so that the user is to be read anew
     * @throws GigyaException where another request writes the user for too long, or removes it
     */
    static boolean writeRemote(KeycloakSession session, RealmModel realm, ImportedProfile profile, UserModel user)
            throws GigyaException {
        var wanted = profile.attributes().get(OrganizationMembers.WANTED);
        var id = user.getId();
        var state = new RemoteUserState(UserStorageUtil.userFederatedStorage(session), realm, id);
        if (wanted == null
                || state.texts(OrganizationMembers.WANTED).stream()
                        .sorted()
                        .toList()
                        .equals(wanted)) {
            return false;
        }
        JpaUserLock.requireNoOther(session, id);
        try {
            JpaUserLock.take(session, id);
            state.setTexts(OrganizationMembers.WANTED, wanted);
            // There was no row to take before anything was kept.
            JpaUserLock.take(session, id);
        } catch (ModelException givenUp) {
            throw JpaUserLock.writtenByOthers(id);
        }
        // As whoever had the row before has left it.
        Optional.ofNullable(UserStorageUtil.userCache(session)).ifPresent(cache -> cache.evict(realm, user));
        var current = Optional.ofNullable(session.users().getUserById(realm, id))
                .orElseThrow(() -> GigyaException.unavailable("the user was removed at the same time"));
        var given = state.texts(OrganizationMembers.GIVEN);
        state.setTexts(
                OrganizationMembers.GIVEN, new OrganizationMembers(session, realm).change(current, given, wanted));
        return true;
    }
}
