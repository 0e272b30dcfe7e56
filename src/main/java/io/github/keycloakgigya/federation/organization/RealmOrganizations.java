package io.github.keycloakgigya.federation.organization;

import io.github.keycloakgigya.account.OrganizationMembership;
import io.github.keycloakgigya.token.FetchBudgets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
 * groups at the top those whose name is a role. What the realm does not have is told in the log, and never made. Each is
 * looked up once; safe for many threads.
 */
public final class RealmOrganizations {

    private static final Logger LOG = Logger.getLogger(RealmOrganizations.class);

    // Of organizations since Keycloak 26.6.
    private static final boolean HAVE_GROUPS = Stream.of(OrganizationProvider.class.getMethods())
            .anyMatch(method -> method.getName().equals("getTopLevelGroups"));
    private static final FetchBudgets<String> WARNINGS = new FetchBudgets<>(1, Duration.ofHours(1), Clock.systemUTC());

    private final String federationId;
    private final Map<String, Optional<Known>> known = new ConcurrentHashMap<>();

    // Ids alone, which outlive the session that found them.
    private record Known(String id, Map<String, String> groups) {}

    /** @param federationId of the federation whose accounts name them, for the log */
    public RealmOrganizations(String federationId) {
        this.federationId = federationId;
    }

    /** {@return whether a realm has organizations at all} */
    public static boolean areOn(KeycloakSession session, RealmModel realm) {
        return realm.isOrganizationsEnabled() && session.getProvider(OrganizationProvider.class) != null;
    }

    /** {@return what memberships amount to in the realm, as {@link Membership#text()}, sorted} */
    public List<String> membershipsOf(KeycloakSession session, List<OrganizationMembership> ofAccount) {
        var missing = new LinkedHashSet<String>();
        var memberships = ofAccount.stream()
                .flatMap(named -> found(session, named, missing))
                .map(Membership::text)
                .distinct()
                .sorted()
                .toList();
        if (!missing.isEmpty() && WARNINGS.take(federationId)) {
            LOG.warnf(
                    "Accounts of user federation %s name organizations, or roles in them, that the realm does not have, such"
                            + " as %s; nobody becomes a member of these",
                    federationId, missing.stream().limit(3).collect(Collectors.joining(", ")));
        }
        return memberships;
    }

    private Stream<Membership> found(
            KeycloakSession session, OrganizationMembership named, LinkedHashSet<String> missing) {
        var organization = known.computeIfAbsent(named.organization(), alias -> lookUp(session, alias));
        if (organization.isEmpty()) {
            missing.add(printable(named.organization()));
            return Stream.empty();
        }
        var found = organization.get();
        var groups = HAVE_GROUPS ? found.groups() : Map.<String, String>of();
        if (HAVE_GROUPS) {
            named.roles().stream()
                    .filter(role -> !groups.containsKey(role))
                    .forEach(role -> missing.add(printable(named.organization()) + "/" + printable(role)));
        }
        return Stream.concat(
                Stream.of(new Membership(found.id(), Optional.empty())),
                named.roles().stream()
                        .map(groups::get)
                        .filter(Objects::nonNull)
                        .map(group -> new Membership(found.id(), Optional.of(group))));
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

    // What stands in an account could forge lines of the log.
    private static String printable(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "?");
    }
}
