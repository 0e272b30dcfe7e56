/**
 * Brings the accounts of a site over in bulk: full and changed sync, their lock, their pages, and removal.
 *
 * <p>One sync of a federation runs at a time, on all nodes. Nobody is removed or disabled whose absence Gigya has not
 * proven.
 */
package io.github.keycloakgigya.sync;
