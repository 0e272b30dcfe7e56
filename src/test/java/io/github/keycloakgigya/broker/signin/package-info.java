/** Tests of the room {@code broker.signin}. */
package io.github.keycloakgigya.broker.signin;
