/** Gigya's events at a running server. */
package io.github.keycloakgigya.it.webhook;
