/**
 * How Gigya is called: requests and what authorises them, answers, deadlines.
 *
 * <p>Every answer leaves as a value of {@code api} or as a {@link io.github.keycloakgigya.api.GigyaException}.
 */
package io.github.keycloakgigya.api.client;
