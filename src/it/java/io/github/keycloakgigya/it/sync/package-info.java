/**
 * Full and changed sync, removal, and the bulk writers.
 */
package io.github.keycloakgigya.it.sync;
