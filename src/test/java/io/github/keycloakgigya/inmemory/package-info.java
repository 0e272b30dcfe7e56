/**
 * Keycloak's model and Gigya's accounts in memory, for fast tests of what decides. Where Keycloak itself can run without a
 * server it does: its storage manager, transaction manager and event builder are the real ones.
 */
package io.github.keycloakgigya.inmemory;
