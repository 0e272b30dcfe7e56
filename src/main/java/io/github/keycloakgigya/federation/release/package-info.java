/**
 * Users who leave Gigya for Keycloak alone, and those who come back.
 *
 * <p>Who has left is known to {@link io.github.keycloakgigya.federation.ReleaseMark}, which everything asks that would
 * write users. Here is how they leave: many at a time, in transactions of their own, and nobody without a way to sign in.
 */
package io.github.keycloakgigya.federation.release;
