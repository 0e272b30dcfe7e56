package io.github.keycloakgigya.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The registration tokens in use. A token is valid for an hour. */
final class Registrations {

    private static final Duration VALIDITY = Duration.ofHours(1);

    private final Map<String, Registration> byToken = new ConcurrentHashMap<>();

    /** A registration that began; it has an account once {@code accounts.register} made one. */
    private record Registration(Site site, Optional<Account> account, Instant expiresAt) {}

    String begin(Site site) {
        return issue(site, Optional.empty());
    }

    String resume(Site site, Account account) {
        return issue(site, Optional.of(account));
    }

    private String issue(Site site, Optional<Account> account) {
        var token = RandomText.TOKEN.next();
        byToken.put(token, new Registration(site, account, Instant.now().plus(VALIDITY)));
        return token;
    }

    /** Takes a token of {@code accounts.initRegistration}. */
    void requireBegun(Site site, String token) throws Refusal {
        if (find(site, token).account().isPresent()) {
            throw Refusal.invalid("regToken");
        }
    }

    /** {@return the account whose registration this token goes on with} */
    Account accountOf(Site site, String token) throws Refusal {
        return find(site, token).account().orElseThrow(() -> Refusal.invalid("regToken"));
    }

    void end(String token) {
        byToken.remove(token);
    }

    private Registration find(Site site, String token) throws Refusal {
        return Optional.ofNullable(byToken.get(token))
                .filter(registration -> registration.site() == site)
                .filter(registration -> registration.expiresAt().isAfter(Instant.now()))
                .orElseThrow(() -> Refusal.invalid("regToken"));
    }
}
