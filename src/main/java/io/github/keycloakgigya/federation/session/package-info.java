/**
 * Ends what Keycloak still holds of a person whose account at Gigya is gone, disabled, or has a new password: sessions,
 * offline sessions and the tokens of both.
 *
 * <p>Keycloak's own logout does it. What it would send to clients is written down and sent in the background.
 */
package io.github.keycloakgigya.federation.session;
