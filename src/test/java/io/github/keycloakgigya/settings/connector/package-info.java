/** Tests of the room {@code settings.connector}. */
package io.github.keycloakgigya.settings.connector;
