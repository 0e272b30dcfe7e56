/** Tests of the room {@code federation}. */
package io.github.keycloakgigya.federation;
