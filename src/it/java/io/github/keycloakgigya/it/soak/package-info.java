/**
 * Two nodes under load while one thing after the other goes wrong ({@code mvn -Psoak verify}). What was recorded is judged
 * in {@code io.github.keycloakgigya.soak}.
 */
package io.github.keycloakgigya.it.soak;
