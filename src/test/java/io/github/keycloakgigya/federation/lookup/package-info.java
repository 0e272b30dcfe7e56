/** Tests of the room {@code federation.lookup}. */
package io.github.keycloakgigya.federation.lookup;
