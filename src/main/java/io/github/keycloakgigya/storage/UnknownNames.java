package io.github.keycloakgigya.storage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names and addresses that no account had a moment ago, so that somebody who tries one after the other, or the same again
 * and again, does not make Gigya answer each time. Belongs to one node, holds hashes, and is safe for many threads.
 */
final class UnknownNames {

    private static final Duration LIFE = Duration.ofSeconds(30);
    private static final int MOST = 10_000;

    private final Clock clock;
    private final Map<String, Instant> ends = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST;
        }
    };

    UnknownNames(Clock clock) {
        this.clock = clock;
    }

    /** {@return whether nobody had the name a moment ago} */
    boolean contains(Federation federation, String name) {
        var key = key(federation, name);
        synchronized (ends) {
            var end = ends.get(key);
            if (end != null && !clock.instant().isBefore(end)) {
                ends.remove(key);
                return false;
            }
            return end != null;
        }
    }

    /** Remembers that Gigya has just said that nobody has the name. */
    void add(Federation federation, String name) {
        var key = key(federation, name);
        synchronized (ends) {
            // The eldest is the one that ends first.
            ends.remove(key);
            ends.put(key, clock.instant().plus(LIFE));
        }
    }

    /** Forgets a name, because somebody has it now. */
    void remove(Federation federation, String name) {
        var key = key(federation, name);
        synchronized (ends) {
            ends.remove(key);
        }
    }

    private static String key(Federation federation, String name) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            var text = String.join("\0", federation.realm().getId(), federation.id(), settingsOf(federation), name);
            return Base64.getEncoder().encodeToString(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256.", impossible);
        }
    }

    // Another site, or another field that names are taken from, knows other names.
    private static String settingsOf(Federation federation) {
        var settings = federation.settings();
        return settings.site().site() + " " + settings.usernameField() + " " + settings.mappings();
    }
}
