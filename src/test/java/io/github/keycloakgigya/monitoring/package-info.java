/** Tests of the room {@code monitoring}. */
package io.github.keycloakgigya.monitoring;
