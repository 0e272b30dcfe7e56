package io.github.keycloakgigya.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several people who do something at the same moment. */
public final class AtOnce {

    private AtOnce() {}

    /**
     * {@return what came of each piece of work, in order} All begin at one moment, and have ended when this returns.
     *
     * @throws ExecutionException where one failed
     */
    public static <T> List<T> run(List<Callable<T>> work) throws InterruptedException, ExecutionException {
        var start = new CyclicBarrier(work.size());
        var threads = Executors.newFixedThreadPool(work.size());
        try {
            List<Future<T>> running = work.stream()
                    .map(task -> threads.submit(() -> {
                        start.await();
                        return task.call();
                    }))
                    .toList();
            var results = new ArrayList<T>();
            for (var one : running) {
                results.add(one.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
