/**
 * Settings of the admin console, parsed once into records, and the bridge to Keycloak's HTTP client and vault.
 *
 * <p>Uses the core rooms only. No map of strings travels further inwards than this room: what is wrong in one is
 * refused here, as a {@link io.github.keycloakgigya.settings.SettingsException} that an administrator can read.
 */
package io.github.keycloakgigya.settings;
