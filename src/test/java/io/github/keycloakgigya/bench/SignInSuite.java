package io.github.keycloakgigya.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.bench.SignInFigures.Part;
import io.github.keycloakgigya.it.Json;
import io.github.keycloakgigya.it.KeycloakDistribution;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sign-ins by this project beside sign-ins by Keycloak's OIDC broker and by its password form.
 *
 * <p>All doors are measured in one Keycloak, in turns, after each was warmed up; then the same in the next Keycloak, in
 * another order.
 */
final class SignInSuite implements Suite {

    static final String CLIENT = "app";
    /** Where the client lives; nobody listens there. */
    static final URI REDIRECT = URI.create("http://localhost/app");
    /** So that each worker has five. */
    static final int PEOPLE = 5 * SignInLoad.WORKERS;

    // Until the compiler of Java has little left to do.
    private static final int WARM_UPS = 4;
    private static final int COUNTED = 20;
    private static final double TARGET = 1;

    private final KeycloakDistribution distribution;
    private final PostgresServer postgres;
    private final BenchSettings settings;

    SignInSuite(KeycloakDistribution distribution, PostgresServer postgres, BenchSettings settings) {
        this.distribution = distribution;
        this.postgres = postgres;
        this.settings = settings;
    }

    /** {@return a realm with a client} */
    static ObjectNode realm(String name) {
        var realm = (ObjectNode) Json.parse("""
                {"enabled": true, "sslRequired": "none",
                 "clients": [{"clientId": "%s", "publicClient": true, "standardFlowEnabled": true,
                              "redirectUris": ["%s"]}]}""".formatted(CLIENT, REDIRECT));
        return realm.put("realm", name);
    }

    @Override
    public String name() {
        return "sign-in";
    }

    @Override
    public void run(Results results) {
        try (var gigya = GigyaSite.start(PEOPLE);
                var upstream = UpstreamKeycloak.start(distribution, postgres)) {
            var authenticator = new AuthenticatorDoor(gigya);
            var broker = new OidcBrokerDoor(upstream);
            var doors = new ArrayList<Door>(List.of(authenticator, broker, new PasswordDoor()));
            Map<Door, SignInFigures> figures = new HashMap<>();
            doors.forEach(door -> figures.put(door, new SignInFigures()));
            for (int machine = 1; machine <= settings.machines(); machine++) {
                measure(doors, machine, gigya, upstream, figures);
                Collections.rotate(doors, 1);
            }
            figures.forEach((door, measured) -> measured.describe(door.name(), results));
            compare("", figures.get(authenticator), figures.get(broker), results);
        }
    }

    private void measure(
            List<Door> doors,
            int machine,
            GigyaSite gigya,
            UpstreamKeycloak upstream,
            Map<Door, SignInFigures> figures) {
        try (var keycloak = FreshKeycloak.start(distribution, postgres, "sign_in_" + machine, gigya.certificates());
                var load = new SignInLoad(keycloak.server().address())) {
            for (Door door : doors) {
                door.create(keycloak.server().admin(), realm(door.realm()));
            }
            keycloak.database().analyze();
            var time = Duration.ofSeconds(settings.seconds());
            for (Door door : doors) {
                Bench.step("Sign-ins by " + door.name() + ", warming up Keycloak " + machine + " of "
                        + settings.machines());
                load.run(door, time.multipliedBy(WARM_UPS));
            }
            var turns = new ArrayList<>(doors);
            for (int turn = 0; turn < 2; turn++) {
                for (Door door : turns) {
                    measure(door, load, time, keycloak, upstream, figures.get(door));
                }
                Collections.reverse(turns);
            }
            count(doors, machine, load, figures);
        }
    }

    private void measure(
            Door door,
            SignInLoad load,
            Duration time,
            FreshKeycloak keycloak,
            UpstreamKeycloak upstream,
            SignInFigures figures) {
        var before = processorTimes(keycloak, upstream);
        var start = System.nanoTime();
        var signIns = load.run(door, time);
        var seconds = (System.nanoTime() - start) / 1e9;
        var after = processorTimes(keycloak, upstream);
        figures.addRate(signIns / seconds);
        after.forEach((part, taken) ->
                figures.addProcessorTime(part, taken.minus(before.get(part)).toNanos() / 1e6 / signIns));
        Bench.step("Sign-ins by " + door.name() + ": " + Math.round(signIns / seconds) + " a second");
    }

    private Map<Part, Duration> processorTimes(FreshKeycloak keycloak, UpstreamKeycloak upstream) {
        return Map.of(
                Part.KEYCLOAK, ProcessorTime.of(keycloak.server().processId()),
                Part.UPSTREAM, ProcessorTime.of(upstream.processId()),
                Part.POSTGRES, postgres.processorTime(),
                Part.BENCHMARK, ProcessorTime.of(ProcessHandle.current()));
    }

    private void count(List<Door> doors, int machine, SignInLoad load, Map<Door, SignInFigures> figures) {
        try (var log = postgres.statementLog()) {
            for (Door door : doors) {
                for (int person = 0; person < COUNTED; person++) {
                    int who = person;
                    figures.get(door).addStatements(log.during("sign_in_" + machine, () -> load.signIn(door, who)));
                }
            }
        }
    }

    private static void compare(String suffix, SignInFigures ours, SignInFigures peer, Results results) {
        results.add(Comparison.ofRates(
                "sign-in-throughput" + suffix, ours.rate(), peer.rate(), OidcBrokerDoor.NAME, "sign-ins/s", TARGET));
        results.add(Comparison.ofTimes(
                "sign-in-cpu" + suffix,
                ours.processorTime(Part.KEYCLOAK),
                peer.processorTime(Part.KEYCLOAK),
                OidcBrokerDoor.NAME,
                "ms",
                TARGET));
        results.add(Comparison.ofTimes(
                "sign-in-sql" + suffix,
                ours.statements(),
                peer.statements(),
                OidcBrokerDoor.NAME,
                "statements",
                TARGET));
    }
}
