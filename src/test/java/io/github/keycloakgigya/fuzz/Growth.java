package io.github.keycloakgigya.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/**
 * How the work of a parser grows with the length of a text. Counted are the time that its thread had a processor for, and
 * the bytes that it asked for: how busy the machine is otherwise does not matter.
 */
public final class Growth {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int SHORTEST = 1 << 12;
    private static final int LONGEST = 1 << 16;
    private static final int STEP = 16;
    // Sixteen times the text may take sixteen times the work, and three times that by mischance; a square would be 256.
    private static final int MOST = 3 * STEP;
    private static final int TRIES = 3;

    // Below it, a clock tells nothing.
    private static final long NOISE_NANOS = 5_000_000;
    private static final long NOISE_BYTES = 1 << 16;

    private record Work(long nanos, long bytes) {}

    private Growth() {}

    /**
     * Makes sure that time and memory grow no faster than the text.
     *
     * @param kind what makes a text of about a length, such as the beginning of a token many times
     * @param parser reads it, or refuses it by any exception
     */
    public static void isLinear(IntFunction<String> kind, ForeignTexts.Parser parser) {
        // What is loaded and compiled once counts for neither.
        work(kind.apply(SHORTEST), parser);
        var little = work(kind.apply(SHORTEST), parser);
        var much = work(kind.apply(LONGEST), parser);

        assertThat(much.nanos())
                .as("nanoseconds for %d characters, of %d for %d", LONGEST, little.nanos(), SHORTEST)
                .isLessThan(MOST * Math.max(little.nanos(), NOISE_NANOS));
        assertThat(much.bytes())
                .as("bytes for %d characters, of %d for %d", LONGEST, little.bytes(), SHORTEST)
                .isLessThan(MOST * Math.max(little.bytes(), NOISE_BYTES));
    }

    private static Work work(String text, ForeignTexts.Parser parser) {
        long thread = Thread.currentThread().getId();
        long bytes = THREADS.getThreadAllocatedBytes(thread);
        long nanos = LongStream.range(0, TRIES)
                .map(attempt -> nanosOf(text, parser))
                .min()
                .orElseThrow();
        return new Work(nanos, (THREADS.getThreadAllocatedBytes(thread) - bytes) / TRIES);
    }

    private static long nanosOf(String text, ForeignTexts.Parser parser) {
        long begin = THREADS.getCurrentThreadCpuTime();
        try {
            parser.read(text);
        } catch (Exception | StackOverflowError refused) {
            // The other tests say by which exceptions; here only the work counts.
        }
        return THREADS.getCurrentThreadCpuTime() - begin;
    }
}
