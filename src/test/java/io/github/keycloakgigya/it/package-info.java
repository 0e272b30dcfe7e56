/**
 * Tests against a running Keycloak that has the built jar, and what they need: the server, an admin client, a browser
 * over plain HTTP and the SQL that the server ran.
 *
 * <p>The demo, the benchmarks and the soak use the same server. Nothing here is shipped.
 */
package io.github.keycloakgigya.it;
