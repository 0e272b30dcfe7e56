/**
 * The bridge from settings to a connection: Keycloak's HTTP client, signing keys, and bounds on the calls under way.
 *
 * <p>One object of a node holds what all requests share. It asks nobody whom the operator and the data center don't name.
 */
package io.github.keycloakgigya.settings.connector;
