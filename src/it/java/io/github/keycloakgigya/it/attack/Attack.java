package io.github.keycloakgigya.it.attack;

import io.github.keycloakgigya.it.realm.Door;
import io.github.keycloakgigya.it.realm.GoodProof;
import io.github.keycloakgigya.it.realm.Outcome;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One row of the table of attacks: tried at every door, and nobody gets in, nothing is linked and nothing changed. What
 * makes no sense at a door says so.
 */
sealed interface Attack
        permits SignatureForgery,
                ClaimForgery,
                UnboundForgery,
                SignedUidForgery,
                GigyaLie,
                FormAttack,
                ReplayAttack,
                LoginAttack,
                MixUpAttack,
                LinkingAttack,
                AccessAttack {

    /** {@return all rows, in the order of the document} */
    static Stream<Attack> all() {
        return Stream.of(AttackFamily.values()).flatMap(AttackFamily::attacks);
    }

    /** {@return the name of the row, within its family} */
    String name();

    /** {@return what the door has to take, by its settings} */
    default GoodProof proof() {
        return GoodProof.BOUND_TOKEN;
    }

    /** {@return why the attack makes no sense at a door; empty where it is tried} */
    default Optional<String> excuse(Door door) {
        return door.proofs().contains(proof()) ? Optional.empty() : Optional.of(proof().absence());
    }

    /** {@return how the attack ends at a door where it is tried} */
    Outcome outcome(Door door);

    /** Tries the attack, and asserts that it ends so. */
    void at(AttackScene scene);
}
