/**
 * Whether a token or a UID signature is Gigya's, and says what is expected of it.
 *
 * <p>A core room: it uses {@code api}, Nimbus JOSE+JWT and Jackson, and nothing of Keycloak. Every token, from whichever
 * door, goes through {@link io.github.keycloakgigya.token.GigyaTokenVerifier}; there is no way around it and no switch
 * that turns it off.
 */
package io.github.keycloakgigya.token;
