package io.github.keycloakgigya.it;

import java.nio.file.Path;
import java.util.List;

/** What is alive in the heap of another Java process. */
public final class LiveHeap {

    private LiveHeap() {}

    /** {@return the bytes of the objects that a full collection leaves} Makes the process collect. */
    public static long of(long processId) {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var histogram = Programs.run(Path.of("/"), List.of(jcmd, Long.toString(processId), "GC.class_histogram"));
        // The last line: Total, the number of objects, their bytes.
        var last = histogram.substring(histogram.lastIndexOf("Total")).strip().split("\\s+");
        return Long.parseLong(last[2]);
    }
}
