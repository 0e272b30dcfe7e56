/** Tests of the room {@code api.client}. */
package io.github.keycloakgigya.api.client;
