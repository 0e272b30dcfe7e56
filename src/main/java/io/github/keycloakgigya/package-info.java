/**
 * Gigya (SAP Customer Data Cloud) accounts sign in to Keycloak.
 *
 * <p>Each package below is a room that uses only rooms below it: {@code authentication} and {@code broker} use
 * {@code signin}, {@code storage} and {@code settings}, which use the core rooms {@code account}, {@code token} and
 * {@code api}.
 */
package io.github.keycloakgigya;
