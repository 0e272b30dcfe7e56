/** Tests of the room {@code account}. */
package io.github.keycloakgigya.account;
