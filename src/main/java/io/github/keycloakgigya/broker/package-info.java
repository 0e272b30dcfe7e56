/**
 * The identity provider {@code gigya}, on Keycloak's broker SPIs: its page, what the page posts, and how it ends.
 *
 * <p>Takes the proof as the authenticator does ({@code signin}), and hands the account to Keycloak's brokering. Where a
 * user federation has the same site, its users are the ones who sign in ({@code federation}).
 */
package io.github.keycloakgigya.broker;
