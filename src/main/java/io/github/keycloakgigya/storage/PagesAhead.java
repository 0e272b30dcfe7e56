package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.api.GigyaException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Reads the next page on another thread while the one before is written. Two pages are held at most. */
final class PagesAhead {

    private final SyncPages pages;
    private final ExecutorService reader;
    private Optional<Future<Optional<SyncPage>>> ahead = Optional.empty();

    PagesAhead(SyncPages pages, ExecutorService reader) {
        this.pages = pages;
        this.reader = reader;
    }

    /** {@return what {@link SyncPages#next} answers} */
    Optional<SyncPage> next() throws GigyaException, InterruptedException {
        var asked = ahead.orElseGet(() -> reader.submit(pages::next));
        try {
            var page = asked.get();
            ahead = page.map(read -> reader.submit(pages::next));
            return page;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GigyaException failure) {
                throw failure;
            }
            throw new IllegalStateException("a page can't be read", e.getCause());
        }
    }
}
