package io.github.keycloakgigya.it.soak;

import io.github.keycloakgigya.it.LiveHeap;
import io.github.keycloakgigya.it.cluster.Cluster;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.soak.Footprint;
import io.github.keycloakgigya.soak.LogLine;
import io.github.keycloakgigya.soak.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What the nodes of a soak take of their machine, and what they write into their logs. Linux tells the first. */
final class SoakNodes {

    private final Cluster cluster;
    private final Recording recording;
    // By node, since one that starts again writes its log from the beginning.
    private final Map<KeycloakServer, Long> read = new HashMap<>();

    SoakNodes(Cluster cluster, Recording recording) {
        this.cluster = cluster;
        this.recording = recording;
        cluster.nodes().forEach(node -> read.put(node, node.log().end()));
    }

    /** Takes down the entries of the logs of running nodes since the last time. */
    void readLogs() {
        for (int number = 0; number < cluster.nodes().size(); number++) {
            // Into the log of one that is gone the next one writes.
            if (cluster.nodes().get(number).isAlive()) {
                readLog(number);
            }
        }
    }

    /** Takes down the entries of a node's log since the last time. */
    synchronized void readLog(int number) {
        var node = cluster.nodes().get(number);
        long from = read.getOrDefault(node, 0L);
        read.put(node, node.log().end());
        recording.addLog(node.log().entriesSince(from).stream()
                .filter(entry -> entry.level().equals("ERROR"))
                .map(entry -> new LogLine(entry.at(), nameOf(number), entry.level(), entry.category(), entry.message()))
                .toList());
    }

    /** Takes down how many threads and sockets each node has. */
    void sample() {
        for (int number = 0; number < cluster.nodes().size(); number++) {
            var node = cluster.nodes().get(number);
            if (node.isAlive()) {
                recording.sample("threads, " + nameOf(number), threads(node));
                recording.sample("sockets, " + nameOf(number), sockets(node));
            }
        }
    }

    /** Takes down the live heap of each node, which makes it collect and stand still for a moment. */
    void sampleHeap() {
        for (int number = 0; number < cluster.nodes().size(); number++) {
            recording.sample(
                    "heap, " + nameOf(number),
                    LiveHeap.of(cluster.nodes().get(number).processId()));
        }
    }

    /** {@return what a node takes now} Makes it collect. */
    Footprint footprint(KeycloakServer node) {
        return new Footprint(LiveHeap.of(node.processId()), threads(node), sockets(node));
    }

    /** {@return what the page calls the node of this number, from 0} */
    static String nameOf(int number) {
        return "node " + (number + 1);
    }

    private static long threads(KeycloakServer node) {
        return count(of(node, "task"));
    }

    private static long sockets(KeycloakServer node) {
        var files = of(node, "fd").toFile().listFiles();
        return Arrays.stream(files == null ? new java.io.File[0] : files)
                .filter(file -> leadsToSocket(file.toPath()))
                .count();
    }

    private static boolean leadsToSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private static Path of(KeycloakServer node, String what) {
        return Path.of("/proc", Long.toString(node.processId()), what);
    }

    private static long count(Path folder) {
        try (var files = Files.list(folder)) {
            return files.count();
        } catch (IOException notLinux) {
            throw new UncheckedIOException(notLinux);
        }
    }
}
