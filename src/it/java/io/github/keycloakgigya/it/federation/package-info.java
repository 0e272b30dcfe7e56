/**
 * The users of a site: looked up, imported, updated, and their passwords.
 */
package io.github.keycloakgigya.it.federation;
