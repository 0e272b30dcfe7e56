package io.github.keycloakgigya.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.FullBuild;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.WithTokenExchange;
import io.github.keycloakgigya.it.realm.Door;
import io.github.keycloakgigya.it.realm.GoodProof;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of attacks. A full build tries all of it at every door; others try all at one door, and one attack of each family
 * at the others, which verify proofs by the same code.
 */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private AttackedDoors doors;

    AttackIT(@WithTokenExchange KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void build_the_doors() {
        doors = new AttackedDoors(keycloak, simulator);
    }

    @AfterEach
    void end_faults() {
        simulator.faults().clear();
    }

    @AfterAll
    void delete_the_realms() {
        doors.close();
    }

    @ParameterizedTest(name = "{1} at {0}")
    @MethodSource
    void a_good_proof_opens(Door door, GoodProof proof) {
        var realm = doors.realm(door, proof);

        var claims = realm.signIn(realm.victim()).accessClaims();

        assertThat(claims.path("sub").asText()).isEqualTo(realm.userId(realm.victim()));
    }

    static Stream<Arguments> a_good_proof_opens() {
        return Stream.of(Door.values()).flatMap(door -> door.proofs().stream().map(proof -> Arguments.of(door, proof)));
    }

    @ParameterizedTest(name = "at {0}: {1} ({2})")
    @MethodSource
    void gets_nowhere(Door door, AttackFamily family, Attack attack) {
        if (door != Door.AUTHENTICATOR && attack != first(family, door)) {
            FullBuild.leaveOutOfOthers();
        }
        try {
            attack.at(new AttackScene(doors, door, attack.proof()));
        } catch (AssertionError somewhere) {
            // Reports number the cells, and do not name them.
            throw new AssertionError("At " + door + ": " + family.subject() + " " + attack, somewhere);
        }
    }

    static Stream<Arguments> gets_nowhere() {
        return Stream.of(Door.values())
                .flatMap(door -> Stream.of(AttackFamily.values())
                        .flatMap(family -> tried(family, door).map(attack -> Arguments.of(door, family, attack))));
    }

    private static Attack first(AttackFamily family, Door door) {
        return tried(family, door).findFirst().orElseThrow();
    }

    private static Stream<Attack> tried(AttackFamily family, Door door) {
        return family.attacks().filter(attack -> attack.excuse(door).isEmpty());
    }
}
