/** Tests of the room {@code token}. */
package io.github.keycloakgigya.token;
