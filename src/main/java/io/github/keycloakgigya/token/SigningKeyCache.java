package io.github.keycloakgigya.token;

import io.github.keycloakgigya.api.CallGate;
import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.token.GigyaTokenVerifier.SigningKeys;
import java.time.Clock;
import java.util.Objects;

/**
 * Gigya's signing keys for all realms of a node, apart for each API domain: the key of one domain never vouches for a
 * token of another. Safe for use by many threads.
 *
 * <p>Keys are good for 24 hours. A token that names an unknown key makes them be fetched at once: five times and then
 * once a second where the token is Gigya's own answer, three times and then once in 20 seconds where a browser posted it
 * or it came to a webhook, each counted apart. Many threads wait for one fetch, each for two seconds at most. A fetch
 * that fails, or brings no usable key, leaves the old keys in use, for seven days at most; until one succeeds, a token
 * with an unknown key is neither accepted nor refused, and a fetch every two seconds is allowed on top. A fetch that
 * succeeds replaces them.
 */
public final class SigningKeyCache {

    private final LatestUsed<String, DomainKeys> domains;

    /**
     * Makes an empty cache, of which a node needs one.
     *
     * @param observer is told of fetches that are not made because of these limits
     */
    public SigningKeyCache(Clock clock, CallObserver observer) {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(observer, "observer");
        this.domains = new LatestUsed<>(() -> new DomainKeys(clock, observer));
    }

    /**
     * {@return the keys of a site's API domain}
     *
     * @param api makes the calls that this site's tokens need, under its own deadline
     * @param gate is asked before a thread waits for keys, be it for its own call or another's
     */
    public SigningKeys keysOf(GigyaApi api, CallGate gate) {
        var keys = domains.of(api.site().domain().name());
        return (keyId, origin) -> keys.find(keyId, origin, api, gate);
    }
}
