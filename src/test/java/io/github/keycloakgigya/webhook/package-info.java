/** Tests of the room {@code webhook}. */
package io.github.keycloakgigya.webhook;
