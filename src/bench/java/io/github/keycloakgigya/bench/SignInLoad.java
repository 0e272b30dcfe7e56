package io.github.keycloakgigya.bench;

import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.server.ServerFailureException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Workers who sign people in at a Keycloak, one after the other, each with people of its own. */
final class SignInLoad implements AutoCloseable {

    static final int WORKERS = 8;

    private final HttpBrowser connections;
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);

    SignInLoad(URI keycloak) {
        this.connections = HttpBrowser.of(keycloak);
    }

    /**
     * Signs people in for a while.
     *
     * @return how many sign-ins ended well
     * @throws ServerFailureException where one did not
     */
    int run(Door door, Duration time) {
        var end = System.nanoTime() + time.toNanos();
        var work = IntStream.range(0, WORKERS)
                .mapToObj(worker -> workers.submit(() -> signInUntil(end, door, worker)))
                .toList();
        return work.stream().mapToInt(SignInLoad::result).sum();
    }

    private int signInUntil(long end, Door door, int worker) {
        int done = 0;
        for (int person = worker; System.nanoTime() < end; done++) {
            signIn(door, person);
            person = person + WORKERS < SignInSuite.PEOPLE ? person + WORKERS : worker;
        }
        return done;
    }

    /** From the client's authorization request to its tokens, in a browser that was never at this Keycloak. */
    void signIn(Door door, int person) {
        var login = new LoginFlow(connections.another(), door.realm(), SignInSuite.CLIENT, SignInSuite.REDIRECT);
        login.finish(door.signIn(login, person));
    }

    private static int result(Future<Integer> work) {
        try {
            return work.get();
        } catch (ExecutionException failed) {
            throw new ServerFailureException("A sign-in failed: " + failed.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerFailureException("Interrupted while people signed in.");
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
