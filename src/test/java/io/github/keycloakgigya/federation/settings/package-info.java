/** Tests of the room {@code federation.settings}. */
package io.github.keycloakgigya.federation.settings;
