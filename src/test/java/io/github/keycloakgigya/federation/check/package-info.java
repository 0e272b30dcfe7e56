/** Tests of the room {@code federation.check}. */
package io.github.keycloakgigya.federation.check;
