package io.github.keycloakgigya.it.attack;

import io.github.keycloakgigya.it.realm.AttackedRealm;
import io.github.keycloakgigya.it.realm.Door;
import io.github.keycloakgigya.it.realm.GoodProof;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where an attack is tried.
 *
 * @param doors all that there are
 * @param door the one to be tried
 * @param proof what it takes, by its settings
 */
record AttackScene(AttackedDoors doors, Door door, GoodProof proof) {

    AttackedRealm realm() {
        return doors.realm(door, proof);
    }

    /** {@return the realms of all other doors that take such proofs} */
    List<AttackedRealm> others() {
        return Stream.of(Door.values())
                .filter(other -> other != door && other.proofs().contains(proof))
                .map(other -> doors.realm(other, proof))
                .toList();
    }
}
