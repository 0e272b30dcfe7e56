/**
 * The way to Keycloak alone: what of every account can move, its preview, its run in the background, and the report.
 *
 * <p>One run of a federation at a time, on all nodes; another node goes on where one was killed. What is done is done:
 * a run can be repeated.
 */
package io.github.keycloakgigya.leaving;
