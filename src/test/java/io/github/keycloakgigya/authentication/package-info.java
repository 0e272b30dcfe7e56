/** Tests of the room {@code authentication}. */
package io.github.keycloakgigya.authentication;
