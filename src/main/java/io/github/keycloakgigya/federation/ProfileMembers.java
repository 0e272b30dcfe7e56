package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.federation.organization.OrganizationMembers;
import io.github.keycloakgigya.federation.organization.RealmOrganizations;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
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
                ? profile.with(organizations.membershipsOf(session, profile.organizations()))
                : profile;
    }

    /**
     * Gives and takes what a profile asks for that was written to a user.
     *
     * @param local the user in Keycloak's own storage
     */
    public static void write(KeycloakSession session, RealmModel realm, ImportedProfile profile, UserModel local) {
        var wanted = profile.attributes().get(OrganizationMembers.WANTED);
        var given = local.getAttributeStream(OrganizationMembers.GIVEN).sorted().toList();
        if (wanted == null || wanted.isEmpty() && given.isEmpty()) {
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
}
