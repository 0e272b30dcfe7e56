package io.github.keycloakgigya.simulator;

import java.time.Duration;
import java.time.Instant;

/** The header {@code Set-Cookie} for {@code glt_<apiKey>}. */
final class SessionCookie {

    private static final String ATTRIBUTES = "; Path=/; Secure; SameSite=None";

    private SessionCookie() {}

    static String holding(Site site, Session session) {
        var lifetime = session.expiresAt().equals(Instant.MAX)
                ? ""
                : "; Max-Age="
                        + Duration.between(Instant.now(), session.expiresAt()).toSeconds();
        return Sessions.cookieName(site) + "=" + session.token() + lifetime + ATTRIBUTES;
    }

    static String removed(Site site) {
        return Sessions.cookieName(site) + "=; Max-Age=0" + ATTRIBUTES;
    }
}
