/**
 * What an operator sees of this extension: metrics of a node, and a span for each call to Gigya.
 *
 * <p>Uses {@code api}, Micrometer and OpenTelemetry, and nothing of Keycloak: {@code settings} hands Keycloak's
 * registry and tracer in. No label and no span says anything about a person.
 */
package io.github.keycloakgigya.monitoring;
