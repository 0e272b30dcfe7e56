/**
 * From a proof to the account that Keycloak's brokering takes, and the settings that this goes by.
 *
 * <p>The same steps for the browser, token exchange and the JWT grant.
 */
package io.github.keycloakgigya.broker.signin;
