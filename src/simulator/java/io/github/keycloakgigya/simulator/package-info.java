/**
 * A stand-in for the Gigya service: an HTTPS server with accounts, sessions, tokens, a browser script and faults.
 *
 * <p>It plays the custom API domain of its sites and agrees with what is publicly known of the real service, not with
 * what this project's client sends. For that reason it imports nothing of the project. Where the record is silent, the
 * stricter reading is taken and a comment says so. Start reading at
 * {@link io.github.keycloakgigya.simulator.GigyaSimulator}.
 */
package io.github.keycloakgigya.simulator;
