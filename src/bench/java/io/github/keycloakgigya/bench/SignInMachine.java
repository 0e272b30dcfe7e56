package io.github.keycloakgigya.bench;

import io.github.keycloakgigya.bench.SignInFigures.Part;
import io.github.keycloakgigya.it.PostgresServer;
import io.github.keycloakgigya.server.KeycloakDistribution;
import java.time.Duration;
import java.util.Map;

/** A Keycloak that has just been started, and has a realm for each door. */
final class SignInMachine implements AutoCloseable {

    private static final int COUNTED = 20;

    private final String database;
    private final PostgresServer postgres;
    private final UpstreamKeycloak upstream;
    private final FreshKeycloak keycloak;
    private final SignInLoad load;

    private SignInMachine(String database, PostgresServer postgres, UpstreamKeycloak upstream, FreshKeycloak keycloak) {
        this.database = database;
        this.postgres = postgres;
        this.upstream = upstream;
        this.keycloak = keycloak;
        this.load = new SignInLoad(keycloak.server().address());
    }

    /** @param number tells this machine from those before it */
    static SignInMachine start(
            KeycloakDistribution distribution,
            PostgresServer postgres,
            GigyaSite gigya,
            UpstreamKeycloak upstream,
            int number) {
        var database = "sign_in_" + number;
        var keycloak = FreshKeycloak.start(distribution, postgres, database, gigya::reachedBy);
        return new SignInMachine(database, postgres, upstream, keycloak);
    }

    void open(Door door) {
        door.create(keycloak.server().admin(), SignInSuite.realm(door.realm()));
    }

    /** Signs people in until the compiler of Java has little left to do for this door. */
    void warmUp(Door door, Duration time) {
        keycloak.database().analyze();
        load.run(door, time);
    }

    /** Tells what many sign-ins at a time cost. */
    void measure(Door door, Duration time, SignInFigures figures) {
        var before = processorTimes();
        var start = System.nanoTime();
        var signIns = load.run(door, time);
        var rate = signIns / ((System.nanoTime() - start) / 1e9);
        figures.addRate(rate);
        processorTimes()
                .forEach((part, taken) -> figures.addProcessorTime(
                        part, taken.minus(before.get(part)).toNanos() / 1e6 / signIns));
        Bench.step("Sign-ins by " + door.name() + ": " + Math.round(rate) + " a second");
    }

    private Map<Part, Duration> processorTimes() {
        return Map.of(
                Part.KEYCLOAK, ProcessorTime.of(keycloak.server().processId()),
                Part.UPSTREAM, ProcessorTime.of(upstream.processId()),
                Part.POSTGRES, ProcessorTime.of(postgres),
                Part.BENCHMARK, ProcessorTime.of(ProcessHandle.current()));
    }

    /** Tells what single sign-ins ask of the database. */
    void count(Door door, SignInFigures figures) {
        try (var log = StatementLog.of(postgres)) {
            for (int person = 0; person < COUNTED; person++) {
                int who = person;
                figures.addStatements(log.during(database, () -> load.signIn(door, who)));
            }
        }
    }

    @Override
    public void close() {
        load.close();
        keycloak.close();
    }
}
