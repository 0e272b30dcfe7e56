/**
 * The authenticators: steps of Keycloak's authentication flows that sign a Gigya account in.
 *
 * <p>They put together what {@code signin} proves and what {@code storage} holds, and tell Keycloak's flow, events and
 * brute-force protection how it ended.
 */
package io.github.keycloakgigya.authentication;
