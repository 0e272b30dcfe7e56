package io.github.keycloakgigya.token;

import io.github.keycloakgigya.api.GigyaApi.PublicKeys;
import io.github.keycloakgigya.api.GigyaException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of one good answer of Gigya. A newer set replaces it whole: a key that Gigya withdrew is trusted no longer.
 *
 * @param keys by their id
 * @param fetchedAt when they were asked for
 */
record KeySet(Map<String, SigningKey> keys, Instant fetchedAt) {

    /** Nothing known yet. */
    static final KeySet NONE = new KeySet(Map.of(), Instant.MIN);

    private static final Duration FRESH = Duration.ofHours(24);

    // While Gigya does not answer, old keys serve on: an outage must not end sign-ins that need no new key. A week is
    // longer than any outage of it, and ends the trust in a key that somebody hides the withdrawal of.
    private static final Duration USABLE = Duration.ofDays(7);

    // Gigya publishes one or two. The bound keeps a wrong answer of a custom domain out of the memory of all realms.
    private static final int MOST = 100;

    KeySet {
        keys = Map.copyOf(keys);
    }

    /** Takes the usable keys of an answer; the first of several with one id. */
    static KeySet of(PublicKeys answer, Instant fetchedAt) throws GigyaException {
        var keys = new LinkedHashMap<String, SigningKey>();
        answer.keys().stream()
                .limit(MOST)
                .map(SigningKey::of)
                .flatMap(Optional::stream)
                .forEach(key -> keys.putIfAbsent(key.id(), key));
        if (keys.isEmpty()) {
            throw GigyaException.unavailable("accounts.getJWTPublicKey answered no usable key");
        }
        return new KeySet(keys, fetchedAt);
    }

    Optional<SigningKey> find(String keyId, Instant now) {
        return isUsable(now) ? Optional.ofNullable(keys.get(keyId)) : Optional.empty();
    }

    boolean isFresh(Instant now) {
        // Keys from the future were fetched under a clock that was wrong, and that has been set back since.
        return isYounger(FRESH, now) && !fetchedAt.isAfter(now.plus(TokenTimes.SKEW));
    }

    boolean isUsable(Instant now) {
        return !keys.isEmpty() && isYounger(USABLE, now);
    }

    private boolean isYounger(Duration age, Instant now) {
        return now.isBefore(fetchedAt.plus(age));
    }
}
