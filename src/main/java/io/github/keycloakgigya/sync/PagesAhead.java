package io.github.keycloakgigya.sync;

import io.github.keycloakgigya.api.GigyaException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Reads the next page on another thread while the one before is written, and makes of its accounts what is to be
 * written. Two pages are held at most.
 */
final class PagesAhead {

    private final SyncPages pages;
    private final FoundProfiles profiles;
    private final ExecutorService reader;
    private Optional<Future<Optional<Read>>> ahead = Optional.empty();

    PagesAhead(SyncPages pages, FoundProfiles profiles, ExecutorService reader) {
        this.pages = pages;
        this.profiles = profiles;
        this.reader = reader;
    }

    /**
     * A page that was read.
     *
     * @param page as Gigya answered it
     * @param profiles what its accounts' users are to look like
     */
    record Read(SyncPage page, FoundProfiles.Profiles profiles) {}

    /** {@return what {@link SyncPages#next} answers} */
    Optional<Read> next() throws GigyaException, InterruptedException {
        var asked = ahead.orElseGet(() -> reader.submit(this::read));
        try {
            var page = asked.get();
            ahead = page.map(another -> reader.submit(this::read));
            return page;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GigyaException failure) {
                throw failure;
            }
            throw new IllegalStateException("a page can't be read", e.getCause());
        }
    }

    private Optional<Read> read() throws GigyaException, InterruptedException {
        return pages.next().map(page -> new Read(page, profiles.of(page.found())));
    }
}
