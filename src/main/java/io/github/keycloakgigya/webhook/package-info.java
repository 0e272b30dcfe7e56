/**
 * Gigya's events, as a webhook brings them: {@code POST /realms/{realm}/gigya/{id of a user federation}/webhook}.
 *
 * <p>An event is a hint to read an account, and nothing more. What Keycloak does follows from what Gigya says when it is
 * asked, never from what a message says, so that one that is forged, replayed, late, out of order or sent twice changes
 * nothing that is not true at Gigya.
 */
package io.github.keycloakgigya.webhook;
