/** Tests of the room {@code federation.admission}. */
package io.github.keycloakgigya.federation.admission;
