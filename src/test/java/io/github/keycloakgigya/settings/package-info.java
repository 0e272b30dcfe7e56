/** Tests of the room {@code settings}. */
package io.github.keycloakgigya.settings;
