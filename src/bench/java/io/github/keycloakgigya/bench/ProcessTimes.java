package io.github.keycloakgigya.bench;

import io.github.keycloakgigya.it.PostgresServer;
import java.time.Duration;
import java.util.Locale;

/**
 * What the processes took of the processors.
 *
 * @param keycloak the measured server, with its compiler and collector
 * @param postgres the database server
 * @param benchmark this process, in which the Gigya simulator runs
 */
record ProcessTimes(Duration keycloak, Duration postgres, Duration benchmark) {

    /** {@return what they took since they began} */
    static ProcessTimes now(long keycloakProcess, PostgresServer postgres) {
        return new ProcessTimes(
                ProcessorTime.of(keycloakProcess),
                ProcessorTime.of(postgres),
                ProcessorTime.of(ProcessHandle.current()));
    }

    /** {@return what they took since an earlier moment} */
    ProcessTimes since(ProcessTimes earlier) {
        return new ProcessTimes(
                keycloak.minus(earlier.keycloak), postgres.minus(earlier.postgres), benchmark.minus(earlier.benchmark));
    }

    /** {@return the times, for tables} */
    String text() {
        return String.format(
                Locale.ROOT,
                "Keycloak %.1f s, PostgreSQL %.1f s, Gigya simulator %.1f s",
                keycloak.toMillis() / 1e3,
                postgres.toMillis() / 1e3,
                benchmark.toMillis() / 1e3);
    }
}
