/**
 * Realms with this extension, the people who sign in to them, and what became of an attempt: what tests of all subjects
 * begin with.
 */
package io.github.keycloakgigya.it.realm;
