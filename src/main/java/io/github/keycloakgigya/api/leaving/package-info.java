/**
 * What goes along with an account that leaves Gigya: how its password is stored, and the identities by which its owner
 * signs in elsewhere. Read alike from an answer of Gigya's and from a file that Gigya's dataflows exported.
 *
 * <p>Hashes are secrets: no text of anything here holds one.
 */
package io.github.keycloakgigya.api.leaving;
