package io.github.keycloakgigya.it.attack;

import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who tries one made-up name after the other. */
final class NameFlood implements AutoCloseable {

    private static final int THREADS = 4;
    private static final int MOST_UNDER_WAY = 10;
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final AtomicInteger tried = new AtomicInteger();

    private NameFlood() {}

    /** {@return a name that nobody has, another one each time} */
    static String madeUpName() {
        return "made.up." + NAMES.incrementAndGet() + "@example.com";
    }

    /** {@return what Keycloak answers to so many made-up names} */
    static List<Page> of(UserAdmin users, int names) throws Exception {
        var threads = Executors.newFixedThreadPool(THREADS);
        try {
            var answers = new ArrayList<Page>();
            var attempts = Collections.<Callable<Page>>nCopies(names, () -> attempt(users));
            for (var answer : threads.invokeAll(attempts)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    /** {@return a flood that goes on until it is closed, and has spent what a node grants to unknown names} */
    static NameFlood begin(UserAdmin users, GigyaSimulator simulator) {
        simulator.calls().reset();
        var flood = new NameFlood();
        for (int thread = 0; thread < THREADS; thread++) {
            flood.threads.submit(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    attempt(users);
                    flood.tried.incrementAndGet();
                }
            });
        }
        await().atMost(Duration.ofMinutes(2))
                .until(() -> flood.tried.get() > simulator.calls().count("accounts.search") + MOST_UNDER_WAY);
        return flood;
    }

    private static Page attempt(UserAdmin users) {
        return users.password(madeUpName(), "a guess");
    }

    /** Asserts that names are being tried still. */
    void goesOn() {
        int before = tried.get();
        await().until(() -> tried.get() > before);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
