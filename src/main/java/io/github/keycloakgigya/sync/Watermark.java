package io.github.keycloakgigya.sync;

import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.sync.SyncPages.SyncPage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a sync has come, by Gigya's clock: everything that changed up to then is written. Where the next sync of
 * changes begins, less the overlap.
 */
public final class Watermark {

    // How late Gigya's search may show a change: its documents speak of a short delay. What is later is the overlap's.
    private static final Duration SEARCH_DELAY = Duration.ofSeconds(30);

    private final Instant start;
    private Instant highest;
    private Instant opened = Instant.EPOCH;
    private Instant before = Instant.EPOCH;
    private boolean ordered = true;
    private boolean complete;

    /** @param start up to when everything was written before this sync */
    public Watermark(Instant start) {
        this.start = start;
        this.highest = start;
    }

    /** Takes note of a page that is written as a whole. Accounts that failed don't count: a full sync tries them again. */
    public void passed(SyncPage page) {
        if (!page.opened().equals(opened)) {
            // A new cursor begins further back.
            opened = page.opened();
            before = Instant.EPOCH;
        }
        page.found().accounts().stream()
                .flatMap(account -> account.lastUpdated().stream())
                .forEach(this::passed);
        complete = page.complete();
        ordered &=
                page.found().accounts().stream().map(FoundAccount::lastUpdated).allMatch(Optional::isPresent);
    }

    private void passed(Instant updated) {
        ordered &= !updated.isBefore(before);
        before = updated;
        if (updated.isAfter(highest)) {
            highest = updated;
        }
    }

    /** {@return up to when everything is written while the sync runs: nothing new where the accounts have no order} */
    public Instant ofPart() {
        return ordered ? ofSeen() : start;
    }

    /**
     * {@return up to when everything is written after the last page} Where all accounts that Gigya counts were shown, that
     * is shortly before they were asked for, however long ago the last change was.
     */
    Instant ofWhole() {
        return complete ? later(ofSeen(), opened.minus(SEARCH_DELAY)) : ofPart();
    }

    // An account from the future does not hide what changes until then.
    private Instant ofSeen() {
        return later(start, highest.isAfter(opened) ? opened : highest);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
