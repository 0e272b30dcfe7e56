package io.github.keycloakgigya.it.soak;

import io.github.keycloakgigya.server.ServerFailureException;
import io.github.keycloakgigya.soak.Operation;
import io.github.keycloakgigya.soak.Recording;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Workers who try doors at random, no more of them in a second than said, until closed. */
final class SoakLoad implements AutoCloseable {

    private static final int PEOPLE = 8;
    // Of all of them together; what is slow is not made up for.
    private static final Duration BETWEEN_PEOPLE = Duration.ofMillis(50);
    private static final Duration BETWEEN_SYNCS = Duration.ofSeconds(3);
    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(700);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(4);

    private final Recording recording;
    private final ExecutorService workers = Executors.newCachedThreadPool(work -> new Thread(work, "soak-load"));
    private volatile boolean running = true;

    private SoakLoad(Recording recording) {
        this.recording = recording;
    }

    /**
     * {@return a load that has begun}
     *
     * @param round makes each load of a soak another one, and the same in each soak
     */
    static SoakLoad start(SoakDoors doors, Recording recording, int round) {
        var load = new SoakLoad(recording);
        for (int worker = 0; worker < PEOPLE; worker++) {
            load.begin(doors.ofPeople(), BETWEEN_PEOPLE.multipliedBy(PEOPLE), true, new Random(100L * round + worker));
        }
        load.begin(doors.ofSyncs(), BETWEEN_SYNCS, false, new Random(100L * round + 98));
        load.begin(doors.ofAccounts(), BETWEEN_CHANGES, false, new Random(100L * round + 99));
        return load;
    }

    private void begin(List<SoakDoor> doors, Duration between, boolean timed, Random random) {
        workers.execute(() -> {
            while (running) {
                long start = System.nanoTime();
                attempt(choice(doors, random), timed, random);
                pause(between.minusNanos(System.nanoTime() - start));
            }
        });
    }

    private static SoakDoor choice(List<SoakDoor> doors, Random random) {
        int left = random.nextInt(doors.stream().mapToInt(SoakDoor::weight).sum());
        for (var door : doors) {
            left -= door.weight();
            if (left < 0) {
                return door;
            }
        }
        throw new AssertionError("The weights are positive.");
    }

    // Whatever comes of an attempt, an error of the harness included, is what the recording is for.
    private void attempt(SoakDoor door, boolean timed, Random random) {
        var begin = Instant.now();
        SoakAnswer answer;
        try {
            answer = door.work().attempt(random);
        } catch (RuntimeException | AssertionError thrown) {
            answer = SoakAnswer.ofThrown(thrown);
        }
        recording.add(new Operation(door.name(), begin, Instant.now(), answer.ending(), answer.detail(), timed));
    }

    private void pause(Duration time) {
        if (time.isNegative()) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException closed) {
            running = false;
            Thread.currentThread().interrupt();
        }
    }

    /** Returns after so long. */
    void goOn(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }

    /** Ends the load, and returns when the last answer has come. */
    @Override
    public void close() {
        running = false;
        workers.shutdown();
        try {
            if (!workers.awaitTermination(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new ServerFailureException("A request was not answered within " + STOP_LIMIT + ".");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerFailureException("Interrupted while the last answers were awaited.");
        }
    }
}
