/** Tests of the room {@code broker.account}. */
package io.github.keycloakgigya.broker.account;
