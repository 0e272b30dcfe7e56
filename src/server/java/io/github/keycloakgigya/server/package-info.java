/**
 * A Keycloak server with this extension as a process of its own, and how it is talked to: an admin client, a browser over
 * plain HTTP, its log.
 *
 * <p>Integration tests, the demo, the benchmarks and the soak use it. Start reading at
 * {@link io.github.keycloakgigya.server.KeycloakServer}.
 */
package io.github.keycloakgigya.server;
