package io.github.keycloakgigya.settings.connector;

import io.github.keycloakgigya.account.AccountReader;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.leaving.LeavingApi;
import io.github.keycloakgigya.settings.SiteSettings;
import io.github.keycloakgigya.token.GigyaTokenVerifier;
import io.github.keycloakgigya.token.SignatureExchanges.SignatureExchange;

/**
 * A site as one Keycloak request sees it.
 *
 * @param settings how the site is configured
 * @param api its REST API
 * @param tokens the verifier of its tokens
 * @param exchange judges UID signatures where the key is not the partner secret
 * @param accounts its accounts
 * @param leaving what goes along with accounts that leave it
 */
public record GigyaConnection(
        SiteSettings settings,
        GigyaApi api,
        GigyaTokenVerifier tokens,
        SignatureExchange exchange,
        AccountReader accounts,
        LeavingApi leaving) {}
