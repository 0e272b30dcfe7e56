package io.github.keycloakgigya.api;

import java.util.Objects;

/**
 * A Gigya site: the accounts behind one API key.
 *
 * @param domain a host that serves its API
 * @param apiKey its API key, which is public
 */
public record GigyaSite(ApiDomain domain, String apiKey) {

    public GigyaSite {
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(apiKey, "apiKey");
    }
}
