/**
 * The one way to tell a failure: what the person, the event, the log, an app and the administrator read of a sign-in that
 * failed.
 *
 * <p>A door catches a {@link io.github.keycloakgigya.failure.SignInException} and knows only how Keycloak wants the
 * answer delivered.
 */
package io.github.keycloakgigya.failure;
