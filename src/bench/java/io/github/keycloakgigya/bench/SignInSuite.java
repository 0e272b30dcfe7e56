package io.github.keycloakgigya.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.bench.OidcBrokerDoor.UserInfo;
import io.github.keycloakgigya.bench.SignInFigures.Part;
import io.github.keycloakgigya.it.PostgresServer;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakDistribution;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sign-ins by this project beside sign-ins by Keycloak's OIDC broker. Its password form is there to compare.
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
    private static final int WARM_UPS = 3;
    private static final int TURNS = 2;
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
            var identityProvider = new IdentityProviderDoor(gigya);
            var broker = new OidcBrokerDoor(upstream, UserInfo.ASKED);
            var frugalBroker = new OidcBrokerDoor(upstream, UserInfo.NOT_ASKED);
            Map<Door, SignInFigures> figures = new LinkedHashMap<>();
            List.of(authenticator, identityProvider, broker, frugalBroker, new PasswordDoor())
                    .forEach(door -> figures.put(door, new SignInFigures()));
            var doors = new ArrayList<>(figures.keySet());
            for (int number = 1; number <= settings.machines(); number++) {
                Bench.step("Sign-ins, Keycloak " + number + " of " + settings.machines());
                try (var machine = SignInMachine.start(distribution, postgres, gigya, upstream, number)) {
                    measure(machine, doors, figures);
                }
                Collections.rotate(doors, 1);
            }
            figures.forEach((door, measured) -> measured.describe(door.name(), results));
            compare("", figures.get(authenticator), figures.get(broker), results);
            compare("-identity-provider", figures.get(identityProvider), figures.get(broker), results);
        }
    }

    private void measure(SignInMachine machine, List<Door> doors, Map<Door, SignInFigures> figures) {
        var time = Duration.ofSeconds(settings.seconds());
        doors.forEach(machine::open);
        for (Door door : doors) {
            Bench.step("Warming up: " + door.name());
            machine.warmUp(door, time.multipliedBy(WARM_UPS));
        }
        var turns = new ArrayList<>(doors);
        for (int turn = 0; turn < TURNS; turn++) {
            turns.forEach(door -> machine.measure(door, time, figures.get(door)));
            Collections.reverse(turns);
        }
        doors.forEach(door -> machine.count(door, figures.get(door)));
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
