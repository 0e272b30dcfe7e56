package io.github.keycloakgigya.federation.organization;

import io.github.keycloakgigya.account.GigyaAccount.OrganizationMembership;
import io.github.keycloakgigya.settings.AdminRights;
import io.github.keycloakgigya.token.FetchBudgets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.organization.OrganizationProvider;

/**
 * The organizations of a realm that Gigya's organizations stand for: those whose alias is the {@code orgId}, and of their
 * groups at the top those whose name is a role. What the realm does not have is told in the log, and never made; so is a
 * group that gives rights to administer Keycloak, of which Gigya makes nobody a member, and nobody stays one. Each is looked
 * up once; safe for many threads.
 */
public final class RealmOrganizations {

    private static final Logger LOG = Logger.getLogger(RealmOrganizations.class);

    // Of organizations since Keycloak 26.6.
    private static final boolean HAVE_GROUPS = Stream.of(OrganizationProvider.class.getMethods())
            .anyMatch(method -> method.getName().equals("getTopLevelGroups"));
    private static final FetchBudgets<String> WARNINGS = new FetchBudgets<>(1, Duration.ofHours(1), Clock.systemUTC());
    private static final FetchBudgets<String> WARNINGS_OF_RIGHTS =
            new FetchBudgets<>(1, Duration.ofHours(1), Clock.systemUTC());

    private final String federationId;
    private final Map<String, Optional<Known>> known = new ConcurrentHashMap<>();
    private final Map<String, Boolean> administering = new ConcurrentHashMap<>();

    // Ids alone, which outlive the session that found them.
    private record Known(String id, Map<String, String> groups) {}

    // What nobody becomes a member of, for the log.
    private record LeftOut(Set<String> missing, Set<String> administering) {}

    /** @param federationId of the federation whose accounts name them, for the log */
    public RealmOrganizations(String federationId) {
        this.federationId = federationId;
    }

    /** {@return whether a realm has organizations at all} */
    public static boolean areOn(KeycloakSession session, RealmModel realm) {
        return realm.isOrganizationsEnabled() && session.getProvider(OrganizationProvider.class) != null;
    }

    /** {@return what memberships amount to in the realm, as {@link Membership#text()}, sorted} */
    public List<String> membershipsOf(
            KeycloakSession session, RealmModel realm, List<OrganizationMembership> ofAccount) {
        var leftOut = new LeftOut(new LinkedHashSet<>(), new LinkedHashSet<>());
        var memberships = ofAccount.stream()
                .flatMap(named -> found(session, realm, named, leftOut))
                .map(Membership::text)
                .distinct()
                .sorted()
                .toList();
        tell(leftOut);
        return memberships;
    }

    private void tell(LeftOut leftOut) {
        if (!leftOut.missing().isEmpty() && WARNINGS.take(federationId)) {
            LOG.warnf(
                    "Accounts of user federation %s name organizations, or roles in them, that the realm does not have, such"
                            + " as %s; nobody becomes a member of these",
                    federationId, firstOf(leftOut.missing()));
        }
        if (!leftOut.administering().isEmpty() && WARNINGS_OF_RIGHTS.take(federationId)) {
            LOG.warnf(
                    "Accounts of user federation %s name roles whose groups give rights to administer Keycloak, such as %s;"
                            + " nobody becomes a member of these",
                    federationId, firstOf(leftOut.administering()));
        }
    }

    private static String firstOf(Set<String> names) {
        return names.stream().limit(3).collect(Collectors.joining(", "));
    }

    private Stream<Membership> found(
            KeycloakSession session, RealmModel realm, OrganizationMembership named, LeftOut leftOut) {
        var organization = known.computeIfAbsent(named.organization(), alias -> lookUp(session, alias));
        if (organization.isEmpty()) {
            leftOut.missing().add(printable(named.organization()));
            return Stream.empty();
        }
        var found = organization.get();
        var memberships = Stream.<Membership>builder();
        memberships.add(new Membership(found.id(), Optional.empty()));
        for (var role : HAVE_GROUPS ? named.roles() : Set.<String>of()) {
            var group = found.groups().get(role);
            if (group == null) {
                leftOut.missing().add(printable(named, role));
            } else if (administers(realm, group)) {
                leftOut.administering().add(printable(named, role));
            } else {
                memberships.add(new Membership(found.id(), Optional.of(group)));
            }
        }
        return memberships.build();
    }

    private boolean administers(RealmModel realm, String groupId) {
        return administering.computeIfAbsent(
                groupId,
                id -> Optional.ofNullable(realm.getGroupById(id))
                        .filter(group -> !AdminRights.NONE.mayGive(group))
                        .isPresent());
    }

    private static Optional<Known> lookUp(KeycloakSession session, String alias) {
        var organizations = session.getProvider(OrganizationProvider.class);
        return Optional.ofNullable(organizations.getByAlias(alias))
                // Some databases take no notice of letter case.
                .filter(organization -> alias.equals(organization.getAlias()))
                .map(organization -> new Known(organization.getId(), groupsOf(organizations, organization)));
    }

    private static Map<String, String> groupsOf(OrganizationProvider organizations, OrganizationModel organization) {
        return HAVE_GROUPS
                ? organizations
                        .getTopLevelGroups(organization, null, null)
                        .collect(Collectors.toMap(GroupModel::getName, GroupModel::getId, (first, second) -> first))
                : Map.of();
    }

    private static String printable(OrganizationMembership named, String role) {
        return printable(named.organization()) + "/" + printable(role);
    }

    // What stands in an account could forge lines of the log.
    private static String printable(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "?");
    }

    /**
     * A membership in an organization of the realm, or in a group of one.
     *
     * @param organization its id
     * @param group the group's id; empty for the organization itself
     */
    record Membership(String organization, Optional<String> group) {

        private static final String BETWEEN = "/";

        /** {@return what a text that is kept with a user stands for} */
        static Membership of(String text) {
            var parts = text.split(BETWEEN, 2);
            return new Membership(parts[0], parts.length == 2 ? Optional.of(parts[1]) : Optional.empty());
        }

        /** {@return what is kept with a user: short, and of ids that never change} */
        String text() {
            return group.map(id -> organization + BETWEEN + id).orElse(organization);
        }
    }
}
