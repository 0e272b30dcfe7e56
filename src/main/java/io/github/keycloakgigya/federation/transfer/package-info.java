/**
 * What goes along with an account when its user leaves Gigya: the password, as a hash or as it was typed, and identities
 * elsewhere.
 *
 * <p>A user who is still of the federation is Gigya's: what is kept of a password or an identity here waits, under types of
 * its own that nobody in Keycloak looks at, until the user is released.
 */
package io.github.keycloakgigya.federation.transfer;
