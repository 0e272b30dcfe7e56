/**
 * The Gigya REST API as Java: sites, what is asked, what is answered, and failures.
 *
 * <p>A core room: it uses nothing of Keycloak and no other room, so it can be read and tested by itself. Every answer
 * of Gigya leaves this room as a value or as a {@link io.github.keycloakgigya.api.GigyaException}.
 */
package io.github.keycloakgigya.api;
