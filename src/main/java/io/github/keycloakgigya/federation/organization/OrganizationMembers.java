package io.github.keycloakgigya.federation.organization;

import io.github.keycloakgigya.federation.organization.RealmOrganizations.Membership;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/**
 * Makes users members of organizations, and takes back what it gave. What a user has of an administrator, of an identity
 * provider or of an invitation is neither given nor taken.
 */
public final class OrganizationMembers {

    /** The attribute with the memberships that the account asks for, whoever gave them. A change of it is news. */
    public static final String WANTED = "gigya.organizations";

    /** The attribute with those that were given because the account asks for them. */
    public static final String GIVEN = "gigya.organizationsGiven";

    private static final Logger LOG = Logger.getLogger(OrganizationMembers.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final OrganizationProvider organizations;

    /** Writes members of a realm that has organizations. */
    public OrganizationMembers(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.organizations = session.getProvider(OrganizationProvider.class);
    }

    /**
     * Gives and takes memberships, and {@return those that the user has been given now}
     *
     * @param given those that were given before
     * @param wanted those that the account asks for
     */
    public List<String> change(UserModel user, Collection<String> given, Collection<String> wanted) {
        var kept = new LinkedHashSet<String>();
        // An organization after its groups, which it takes along.
        given.stream()
                .sorted((first, second) -> second.length() - first.length())
                .forEach(text -> {
                    if (wanted.contains(text)) {
                        kept.add(text);
                    } else {
                        take(user, Membership.of(text));
                    }
                });
        // An organization before its groups, whose members have to be its own.
        wanted.stream()
                .sorted((first, second) -> first.length() - second.length())
                .forEach(text -> {
                    if (!given.contains(text) && give(user, Membership.of(text))) {
                        kept.add(text);
                    }
                });
        return kept.stream().sorted().toList();
    }

    private boolean give(UserModel user, Membership membership) {
        var organization = Optional.ofNullable(organizations.getById(membership.organization()));
        if (organization.isEmpty()) {
            return false;
        }
        if (membership.group().isEmpty()) {
            return !organizations.isMember(organization.get(), user)
                    && organizations.addMember(organization.get(), user);
        }
        var group = group(membership);
        // An administrator may have taken the organization away, which then gives none of its groups either.
        if (group.isEmpty()
                || !organizations.isMember(organization.get(), user)
                || isIn(organization.get(), group.get(), user)) {
            return false;
        }
        inOrganization(membership, () -> user.joinGroup(group.get()));
        return true;
    }

    private void take(UserModel user, Membership membership) {
        var organization = Optional.ofNullable(organizations.getById(membership.organization()));
        if (organization.isEmpty()) {
            return;
        }
        if (membership.group().isPresent()) {
            group(membership).ifPresent(group -> inOrganization(membership, () -> user.leaveGroup(group)));
        } else if (organizations.isManagedMember(organization.get(), user)) {
            // Keycloak would remove the user with the membership.
            LOG.debugf("User %s stays in an organization that has come to manage it", user.getId());
        } else {
            organizations.removeMember(organization.get(), user);
        }
    }

    private Optional<GroupModel> group(Membership membership) {
        return membership.group().map(realm::getGroupById);
    }

    private boolean isIn(OrganizationModel organization, GroupModel group, UserModel user) {
        return organizations
                .getOrganizationGroupsByMember(organization, user)
                .anyMatch(own -> own.getId().equals(group.getId()));
    }

    // As Keycloak's own admin resources do: some of its caches go by the organization of the request.
    private void inOrganization(Membership membership, Runnable change) {
        var context = session.getContext();
        var before = context.getOrganization();
        try {
            context.setOrganization(organizations.getById(membership.organization()));
            change.run();
        } finally {
            context.setOrganization(before);
        }
    }

    /** {@return the attributes in which memberships are kept, which nobody but this extension may have written} */
    public static Set<String> attributes() {
        return Set.of(WANTED, GIVEN);
    }
}
