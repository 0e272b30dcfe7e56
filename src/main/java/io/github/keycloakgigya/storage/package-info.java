/**
 * What Keycloak enters a user federation {@code gigya} by: the factory, the provider, and the settings' form.
 *
 * <p>The work is done in {@code federation} and {@code sync}.
 */
package io.github.keycloakgigya.storage;
