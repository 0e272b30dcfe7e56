package io.github.keycloakgigya.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One answer of {@code accounts.search}.
 *
 * @param accounts those that could be read, in Gigya's order
 * @param unreadable how many more the answer holds whose UID, {@code isActive} or {@code isRegistered} is none
 * @param total how many accounts the whole query finds, as Gigya counts them
 * @param nextCursor what asks for the following page; empty where this is the last, or no cursor was opened
 * @param answeredAt when Gigya answered, by Gigya's clock
 */
public record SearchPage(
        List<FoundAccount> accounts, int unreadable, long total, Optional<String> nextCursor, Instant answeredAt) {

    public SearchPage {
        accounts = List.copyOf(accounts);
        Objects.requireNonNull(nextCursor, "nextCursor");
        Objects.requireNonNull(answeredAt, "answeredAt");
    }

    /** {@return the same page with more of its accounts} */
    public SearchPage with(List<FoundAccount> more) {
        return new SearchPage(more, unreadable, total, nextCursor, answeredAt);
    }

    /** Leaves the accounts and the cursor out, so that no log shows them. */
    @Override
    public String toString() {
        return "SearchPage[accounts=" + accounts.size() + ", unreadable=" + unreadable + ", total=" + total + "]";
    }
}
