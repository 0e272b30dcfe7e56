/** Tests of the room {@code broker.grant}. */
package io.github.keycloakgigya.broker.grant;
