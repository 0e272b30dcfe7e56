/** Tests of the room {@code sync}. */
package io.github.keycloakgigya.sync;
