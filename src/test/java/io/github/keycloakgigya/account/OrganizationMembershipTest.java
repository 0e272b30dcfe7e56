package io.github.keycloakgigya.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.account.GigyaAccount.OrganizationMembership;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrganizationMembershipTest {

    private static Map<String, Object> organization(Object orgId, Object roles, Object status) {
        var organization = new HashMap<String, Object>();
        organization.put("orgId", orgId);
        organization.put("roles", roles);
        organization.put("status", status);
        return organization;
    }

    @Test
    void organizations_are_read_with_their_roles() {
        assertThat(OrganizationMembership.allOf(List.of(
                        organization("acme", List.of("buyer", "admin"), "active"),
                        organization("umbrella", null, null),
                        organization("acme", List.of("auditor"), "Active"))))
                .containsExactly(
                        new OrganizationMembership("acme", Set.of("buyer", "admin", "auditor")),
                        new OrganizationMembership("umbrella", Set.of()));
    }

    @Test
    void a_membership_that_is_not_active_counts_for_nothing() {
        for (var status : List.of("suspended", "pending", "inactive", "", 1, true)) {
            assertThat(OrganizationMembership.allOf(List.of(organization("acme", List.of("admin"), status))))
                    .as("status %s", status)
                    .isEmpty();
        }
    }

    @Test
    void what_is_no_organization_is_left_out() {
        assertThat(OrganizationMembership.allOf(null)).isEmpty();
        assertThat(OrganizationMembership.allOf("acme")).isEmpty();
        assertThat(OrganizationMembership.allOf(Map.of("orgId", "acme"))).isEmpty();
        assertThat(OrganizationMembership.allOf(List.of(
                        "acme",
                        organization(7, List.of(), "active"),
                        organization(" ", List.of(), "active"),
                        organization("x".repeat(256), List.of(), "active"),
                        organization("acme", List.of(1, "", "buyer", List.of("admin")), "active"))))
                .containsExactly(new OrganizationMembership("acme", Set.of("buyer")));
    }

    @Test
    void nothing_of_it_gets_into_a_log() {
        assertThat(new OrganizationMembership("acme", Set.of("buyer"))).hasToString("OrganizationMembership[]");
    }
}
