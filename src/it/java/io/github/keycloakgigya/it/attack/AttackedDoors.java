package io.github.keycloakgigya.it.attack;

import io.github.keycloakgigya.it.realm.AttackedRealm;
import io.github.keycloakgigya.it.realm.Door;
import io.github.keycloakgigya.it.realm.GoodProof;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every door, in a realm of its own for each kind of proof. All realms are of one site, so that proofs could be carried around. */
final class AttackedDoors implements AutoCloseable {

    private record Opened(Door door, GoodProof proof) {}

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private final Site site;
    private final Map<Opened, AttackedRealm> realms = new LinkedHashMap<>();

    AttackedDoors(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
        this.site = simulator.addSite(Site.builder());
    }

    /** {@return the realm of a door, which is opened when it is needed first} */
    AttackedRealm realm(Door door, GoodProof proof) {
        return realms.computeIfAbsent(new Opened(door, proof), opened -> door.open(keycloak, simulator, site, proof));
    }

    @Override
    public void close() {
        realms.values().forEach(AttackedRealm::close);
    }
}
