/**
 * The mapper for Keycloak's own identity provider {@code oidc}, where that points at a site's OpenID provider.
 *
 * <p>Keycloak has verified an id token. Only one that the site's own keys have signed counts.
 */
package io.github.keycloakgigya.broker.importer;
