package io.github.keycloakgigya.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.SearchPage;
import io.github.keycloakgigya.federation.Settings;
import io.github.keycloakgigya.sync.bulk.InactiveAccount;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FoundProfilesTest {

    private static final Map<String, Object> PLAIN = Map.of("profile", Map.of("email", "a@example.com"));
    private static final Map<String, Object> TOO_MUCH =
            Map.of("profile", Map.of("email", "b@example.com", "firstName", "x".repeat(70_000)));

    @Test
    void accounts_that_may_not_sign_in_are_told_though_they_can_not_be_written() throws Exception {
        var page = new SearchPage(
                List.of(
                        account("unfinished", true, false, PLAIN),
                        account("unfinished-inactive", false, false, PLAIN),
                        account("too-much", true, true, TOO_MUCH),
                        account("too-much-inactive", false, true, TOO_MUCH)),
                0,
                4,
                Optional.empty(),
                Instant.EPOCH);

        var profiles = new FoundProfiles(Settings.of(Map.of())).of(page);

        assertThat(profiles.toWrite()).isEmpty();
        assertThat(profiles.inactive())
                .extracting(InactiveAccount::uid)
                .containsExactly("unfinished-inactive", "too-much-inactive");
    }

    private static FoundAccount account(String uid, boolean active, boolean registered, Map<String, Object> sections) {
        return new FoundAccount(uid, active, registered, Set.of(), Set.of(), Optional.empty(), sections);
    }
}
