/** Tests of the room {@code failure}. */
package io.github.keycloakgigya.failure;
