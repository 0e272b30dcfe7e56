package io.github.keycloakgigya.account;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * That an account belongs to an organization of a B2B site. Only servers write this to accounts: nobody does to his own.
 *
 * @param organization the organization's {@code orgId}
 * @param roles what the account's owner is there
 */
public record OrganizationMembership(String organization, Set<String> roles) {

    private static final int LONGEST = 255;
    private static final String ACTIVE = "active";

    public OrganizationMembership {
        roles = Set.copyOf(roles);
    }

    /**
     * {@return the organizations that an account belongs to} One whose status is another than active counts for nothing,
     * and so does what is no organization.
     *
     * @param organizations what stands in {@code groups.organizations}
     */
    static List<OrganizationMembership> allOf(Object organizations) {
        var roles = new LinkedHashMap<String, Set<String>>();
        for (var element : elements(organizations)) {
            if (element instanceof Map<?, ?> organization && isActive(organization)) {
                name(organization.get("orgId")).ifPresent(id -> {
                    var ofOrganization = roles.computeIfAbsent(id, first -> new LinkedHashSet<>());
                    elements(organization.get("roles"))
                            .forEach(role -> name(role).ifPresent(ofOrganization::add));
                });
            }
        }
        return roles.entrySet().stream()
                .map(organization -> new OrganizationMembership(organization.getKey(), organization.getValue()))
                .toList();
    }

    private static boolean isActive(Map<?, ?> organization) {
        var status = organization.get("status");
        return status == null || status instanceof String text && ACTIVE.equalsIgnoreCase(text);
    }

    private static Collection<?> elements(Object list) {
        return list instanceof Collection<?> elements ? elements : List.of();
    }

    private static Optional<String> name(Object value) {
        return value instanceof String text && !text.isBlank() && text.length() <= LONGEST
                ? Optional.of(text)
                : Optional.empty();
    }

    /** Leaves everything out, so that no log shows it. */
    @Override
    public String toString() {
        return "OrganizationMembership[]";
    }
}
