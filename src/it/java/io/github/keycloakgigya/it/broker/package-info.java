/**
 * The identity provider: sign-ins, links, mappers, the OIDC importer, token exchange and the JWT grant.
 */
package io.github.keycloakgigya.it.broker;
