/**
 * Finds users of a federation who are not known yet: one by name, address or id, or a page of a list.
 *
 * <p>Each look-up makes one call at most. Names that nobody has are bounded, so that a stranger who tries many costs the
 * site nothing.
 */
package io.github.keycloakgigya.federation.lookup;
