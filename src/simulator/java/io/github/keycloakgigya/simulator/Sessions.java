package io.github.keycloakgigya.simulator;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The open sessions of all sites, by login token. */
final class Sessions {

    private final Map<String, Session> open = new ConcurrentHashMap<>();

    Session open(Site site, Account account, Instant expiresAt) {
        var session = new Session(RandomText.TOKEN.next(), site.apiKey(), account, expiresAt);
        open.put(session.token(), session);
        account.loggedIn();
        return session;
    }

    /** {@return the session of this request} The token is the parameter, or else the cookie up to its first bar. */
    Session of(HttpRequest request, Site site) throws Refusal {
        var session = request.parameters()
                .optional("login_token")
                .or(() -> request.cookie(cookieName(site)))
                .map(value -> value.split("\\|", 2)[0])
                .map(open::get)
                .filter(found ->
                        found.apiKey().equals(site.apiKey()) && site.accounts().holds(found.account()))
                .orElseThrow(() -> Refusal.of(GigyaError.UNAUTHORIZED_USER));
        if (session.hasExpired()) {
            open.remove(session.token());
            throw Refusal.of(GigyaError.SESSION_EXPIRED);
        }
        return session;
    }

    void close(Session session) {
        open.remove(session.token());
    }

    /** {@return whether there was a session to end} */
    boolean closeAllOf(Account account) {
        return open.values().removeIf(session -> session.account() == account);
    }

    long countOf(Account account) {
        return open.values().stream()
                .filter(session -> session.account() == account)
                .count();
    }

    static String cookieName(Site site) {
        return "glt_" + site.apiKey();
    }

    /** {@return when a session ends} The values of {@code sessionExpiration} are those of the Web SDK. */
    static Instant expiry(Parameters parameters) throws Refusal {
        Optional<String> value = parameters.optional("sessionExpiration");
        if (value.isEmpty()) {
            return Instant.MAX;
        }
        try {
            int seconds = Integer.parseInt(value.get());
            return switch (seconds) {
                case 0, -2 -> Instant.MAX;
                case -1 -> Instant.now().plusSeconds(60);
                default -> Instant.now().plusSeconds(seconds);
            };
        } catch (NumberFormatException malformed) {
            throw Refusal.invalid("sessionExpiration");
        }
    }
}
