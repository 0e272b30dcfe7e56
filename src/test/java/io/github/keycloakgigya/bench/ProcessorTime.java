package io.github.keycloakgigya.bench;

import java.time.Duration;

/** What a process took of the processors since it began, in its own code and in the kernel for it. */
final class ProcessorTime {

    private ProcessorTime() {}

    /** {@return zero where the process has ended} */
    static Duration of(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** {@return zero where the process has ended} */
    static Duration of(long processId) {
        return ProcessHandle.of(processId).map(ProcessorTime::of).orElse(Duration.ZERO);
    }
}
