/**
 * Verifies passwords that Gigya hashed in ways Keycloak does not know, until each is hashed anew at its first use.
 *
 * <p>What Keycloak enters by; nothing here ever hashes a password to store it.
 */
package io.github.keycloakgigya.passwordhash;
