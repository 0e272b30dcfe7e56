/**
 * What administrators do and may do: test a connection, save settings, move a secret.
 */
package io.github.keycloakgigya.it.admin;
