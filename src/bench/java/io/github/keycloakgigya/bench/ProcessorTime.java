package io.github.keycloakgigya.bench;

import io.github.keycloakgigya.it.PostgresServer;
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

    /** {@return what the server took since its start, without connections that have ended} */
    static Duration of(PostgresServer server) {
        return server.processes().stream().map(ProcessorTime::of).reduce(Duration.ZERO, Duration::plus);
    }
}
