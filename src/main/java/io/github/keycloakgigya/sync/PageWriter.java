package io.github.keycloakgigya.sync;

import io.github.keycloakgigya.federation.FoundProfile;
import io.github.keycloakgigya.sync.bulk.BulkUsers;
import io.github.keycloakgigya.sync.bulk.BulkUsers.BulkResult;
import io.github.keycloakgigya.sync.bulk.JpaBulkUsers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Writes the accounts of a page in parts, at the same time: while the database works for one, Keycloak does for another. */
final class PageWriter {

    /** How many parts are written at the same time. */
    static final int THREADS = 2;

    private final BulkUsers users;
    private final ExecutorService threads;

    PageWriter(BulkUsers users, ExecutorService threads) {
        this.users = users;
        this.threads = threads;
    }

    /**
     * {@return what became of the parts} When it returns or throws, nothing is written any more.
     *
     * @throws InterruptedException where the thread was interrupted meanwhile; all is written then nevertheless
     */
    List<BulkResult> write(List<FoundProfile> accounts) throws InterruptedException {
        var parts = new ArrayList<Future<BulkResult>>();
        for (var part : BulkUsers.batches(accounts, JpaBulkUsers.BATCH)) {
            parts.add(threads.submit(() -> users.write(part)));
        }
        return new Parts(parts).results();
    }

    /** Waits for all parts, whatever happens. */
    private static final class Parts {

        private final List<Future<BulkResult>> parts;
        private final List<BulkResult> results = new ArrayList<>();
        private RuntimeException failure;
        private boolean interrupted;

        Parts(List<Future<BulkResult>> parts) {
            this.parts = parts;
        }

        List<BulkResult> results() throws InterruptedException {
            parts.forEach(this::await);
            // A part that is done already is not waited for, so that nobody has looked yet.
            if (Thread.interrupted() || interrupted) {
                throw new InterruptedException();
            }
            if (failure != null) {
                throw failure;
            }
            return results;
        }

        private void await(Future<BulkResult> part) {
            while (true) {
                try {
                    results.add(part.get());
                    return;
                } catch (InterruptedException stop) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    failure = e.getCause() instanceof RuntimeException unexpected
                            ? unexpected
                            : new IllegalStateException("a part of a page can't be written", e.getCause());
                    return;
                }
            }
        }
    }
}
