/**
 * {@code mvn -Pbench verify}: this extension beside what Keycloak itself brings for the same work, on one PostgreSQL in
 * one run.
 *
 * <p>A benchmark is a class of its own that measures one thing, and a {@link io.github.keycloakgigya.bench.Suite} runs
 * those that share servers. Start reading at {@link io.github.keycloakgigya.bench.Bench}.
 */
package io.github.keycloakgigya.bench;
