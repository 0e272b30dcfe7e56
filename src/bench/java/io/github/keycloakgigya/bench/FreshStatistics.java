package io.github.keycloakgigya.bench;

import io.github.keycloakgigya.server.Database;
import java.time.Duration;

/**
 * Keeps the planner's statistics fresh while a sync runs. PostgreSQL does so by itself at most once a minute, and plans a
 * table that has just grown from nothing as if it were empty until then.
 */
final class FreshStatistics implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Thread thread;

    private FreshStatistics(Database database) {
        this.thread = new Thread(() -> keepFresh(database), "analyze");
    }

    static FreshStatistics keep(Database database) {
        var statistics = new FreshStatistics(database.again());
        statistics.thread.start();
        return statistics;
    }

    private static void keepFresh(Database own) {
        try (own) {
            while (!Thread.currentThread().isInterrupted()) {
                own.execute("analyze user_entity, user_attribute");
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
