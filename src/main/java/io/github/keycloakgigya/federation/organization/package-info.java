/**
 * Members of Keycloak organizations, as Gigya's B2B organizations name them.
 *
 * <p>What was given because of Gigya is remembered with the user, so that nothing else is ever taken away.
 */
package io.github.keycloakgigya.federation.organization;
