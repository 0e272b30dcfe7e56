/**
 * Passwords of a federation's users, which Gigya checks.
 *
 * <p>A right one brings the user up to date. A failure of Gigya's is told from a wrong password, and never counted as one.
 */
package io.github.keycloakgigya.federation.password;
