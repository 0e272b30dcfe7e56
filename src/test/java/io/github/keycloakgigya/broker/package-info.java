/** Tests of the room {@code broker}. */
package io.github.keycloakgigya.broker;
