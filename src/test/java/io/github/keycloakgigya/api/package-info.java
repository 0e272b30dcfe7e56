/** Tests of the room {@code api}. */
package io.github.keycloakgigya.api;
