/**
 * The identity provider {@code gigya} and its mappers, on Keycloak's broker SPIs.
 *
 * <p>Shows the page and takes the proof as the authenticator does ({@code signin}), reads the account and hands it to
 * Keycloak's brokering. Where a user federation has the same site, its users are the ones who sign in ({@code storage}).
 */
package io.github.keycloakgigya.broker;
