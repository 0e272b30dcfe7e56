/** Tests of the room {@code signin}. */
package io.github.keycloakgigya.signin;
