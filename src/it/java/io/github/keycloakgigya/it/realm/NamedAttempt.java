package io.github.keycloakgigya.it.realm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.server.Page;
import java.time.Duration;

/**
 * Somebody types a name or an address and a password, and does not get in.
 *
 * @param page the answer
 * @param event the one event of it
 * @param took how long it took
 */
public record NamedAttempt(Page page, JsonNode event, Duration took) {

    /** Tries it with a direct grant. The client of {@link UserAdmin#allowPasswords()} must be there. */
    public static NamedAttempt of(GigyaRealm realm, String login) {
        realm.admin().clearEvents(realm.name());
        long start = System.nanoTime();
        var page = new UserAdmin(realm).password(login, "not the password");
        var took = Duration.ofNanos(System.nanoTime() - start);
        // Brute-force protection may tell of its own.
        var events = realm.events().stream()
                .filter(event -> event.path("type").asText().equals("LOGIN_ERROR"))
                .toList();
        assertThat(events).as("one event tells of it").hasSize(1);
        return new NamedAttempt(page, events.get(0), took);
    }

    /** Keycloak knows nobody of that name. */
    public NamedAttempt knowsNobody() {
        assertThat(event.path("error").asText()).isEqualTo("user_not_found");
        assertThat(event.has("userId")).isFalse();
        return this;
    }

    /** Keycloak knows somebody of that name, and does not take the password. */
    public NamedAttempt knows(String userId) {
        assertThat(event.path("userId").asText()).isEqualTo(userId);
        assertThat(event.path("error").asText()).isEqualTo("invalid_user_credentials");
        return this;
    }
}
