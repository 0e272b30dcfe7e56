package io.github.keycloakgigya.it.soak;

import io.github.keycloakgigya.it.cluster.Cluster;
import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.soak.Band;
import io.github.keycloakgigya.soak.Ending;
import io.github.keycloakgigya.soak.Recording;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Lets one thing after the other go wrong, and takes down when. */
final class SoakFaults {

    private static final Duration BETWEEN = Duration.ofSeconds(30);
    private static final Duration LENGTH = Duration.ofSeconds(12);
    // A Java machine that has just started is slow, and gets its share of the requests all the same.
    private static final Duration NODE_WARMS_UP = Duration.ofSeconds(20);
    private static final String NODE_IS_BACK = "the node is back, and its Java machine is cold";

    private final Cluster cluster;
    private final SoakProxy proxy;
    private final SoakNodes nodes;
    private final Recording recording;
    private final int atLeast;
    private final Consumer<String> progress;
    private int killed;

    /** @param time in which they are to happen; a killed node takes more of it than other faults, so there may be fewer */
    SoakFaults(
            Cluster cluster,
            SoakProxy proxy,
            SoakNodes nodes,
            Recording recording,
            Duration time,
            Consumer<String> progress) {
        this.cluster = cluster;
        this.proxy = proxy;
        this.nodes = nodes;
        this.recording = recording;
        this.atLeast = Math.max(2, (int) time.dividedBy(BETWEEN) / 2);
        this.progress = progress;
    }

    /** {@return what goes wrong in any case, as the page calls it} */
    Set<String> wanted() {
        return Arrays.stream(SoakFault.values())
                .limit(atLeast)
                .map(SoakFault::title)
                .collect(Collectors.toSet());
    }

    /**
     * Returns when there is no time for a further fault, and everything is as before.
     *
     * @param end until when they may happen; where little has happened by then, a few more do
     */
    void happen(Instant end) throws InterruptedException {
        var faults = SoakFault.values();
        for (int number = 0; number < atLeast || Instant.now().plus(LENGTH).isBefore(end); number++) {
            var fault = faults[number % faults.length];
            var next = Instant.now().plus(BETWEEN);
            progress.accept(fault.title());
            if (fault == SoakFault.KILLED_NODE) {
                killNode();
            } else {
                have(fault);
            }
            var left = Duration.between(Instant.now(), next);
            TimeUnit.MILLISECONDS.sleep(Math.max(LENGTH.toMillis(), left.toMillis()));
        }
    }

    private void have(SoakFault fault) throws InterruptedException {
        var begin = Instant.now();
        fault.begin(cluster.simulator());
        // Here, since times during a fault are not judged, and a collection costs some.
        nodes.sampleHeap();
        var left = LENGTH.minus(Duration.between(begin, Instant.now()));
        TimeUnit.MILLISECONDS.sleep(Math.max(0, left.toMillis()));
        cluster.simulator().faults().clear();
        var end = Instant.now();
        recording.add(new Band(
                fault.title(), begin, end, fault.isOverAtOnce() ? begin : end, Optional.empty(), fault.ownErrors()));
    }

    private void killNode() throws InterruptedException {
        nodes.sampleHeap();
        killed++;
        int number = killed % cluster.nodes().size();
        var begin = Instant.now();
        cluster.nodes().get(number).kill();
        nodes.readLog(number);
        cluster.replace(number, KeycloakDistribution.ofBuild());
        TimeUnit.SECONDS.sleep(NODE_WARMS_UP.toSeconds());
        // The loss has two seconds, and the return has; in between the node that is left serves everybody.
        var back = proxy.newestNode();
        var fault = SoakFault.KILLED_NODE;
        recording.add(new Band(fault.title(), begin, back, begin, Optional.empty(), fault.ownErrors()));
        recording.add(
                new Band(NODE_IS_BACK, back, Instant.now(), back, Optional.of(Ending.UNAVAILABLE), fault.ownErrors()));
    }
}
