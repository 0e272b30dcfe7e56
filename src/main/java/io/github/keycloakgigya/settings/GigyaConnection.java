package io.github.keycloakgigya.settings;

import io.github.keycloakgigya.account.AccountReader;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.token.GigyaTokenVerifier;

/**
 * A site as one Keycloak request sees it.
 *
 * @param settings how the site is configured
 * @param api its REST API
 * @param tokens the verifier of its tokens
 * @param accounts its accounts
 */
public record GigyaConnection(SiteSettings settings, GigyaApi api, GigyaTokenVerifier tokens, AccountReader accounts) {}
