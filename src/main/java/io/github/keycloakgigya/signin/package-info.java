/**
 * Proof that the user of a browser or an app owns a UID, and the page that obtains it.
 *
 * <p>What comes out of a proof is a UID and nothing else; what an account looks like is asked of Gigya afterwards. Used
 * by every door; uses {@code settings} and the core rooms.
 */
package io.github.keycloakgigya.signin;
