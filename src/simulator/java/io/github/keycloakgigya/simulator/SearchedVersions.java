package io.github.keycloakgigya.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The versions of an account that searches show or are going to show. */
final class SearchedVersions {

    private record Version(SearchedAccount account, Instant visibleFrom) {}

    private Optional<SearchedAccount> shown = Optional.empty();
    private List<Version> coming = List.of();

    synchronized void publish(SearchedAccount account, Duration lag) {
        if (lag.isZero()) {
            shown = Optional.of(account);
            coming = List.of();
        } else {
            var version = new Version(account, Instant.now().plus(lag));
            coming = Stream.concat(coming.stream(), Stream.of(version)).toList();
        }
    }

    synchronized Optional<SearchedAccount> current() {
        if (!coming.isEmpty()) {
            var now = Instant.now();
            coming.stream()
                    .filter(version -> !version.visibleFrom().isAfter(now))
                    .reduce((earlier, later) -> later)
                    .ifPresent(version -> shown = Optional.of(version.account()));
            coming = coming.stream()
                    .filter(version -> version.visibleFrom().isAfter(now))
                    .toList();
        }
        return shown;
    }
}
