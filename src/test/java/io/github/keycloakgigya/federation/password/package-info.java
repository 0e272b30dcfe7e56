/** Tests of the room {@code federation.password}. */
package io.github.keycloakgigya.federation.password;
