package io.github.keycloakgigya.it.attack;

import static io.github.keycloakgigya.it.realm.Refusal.GIGYA_UNAVAILABLE;
import static io.github.keycloakgigya.it.realm.Refusal.PROOF_INVALID;
import static io.github.keycloakgigya.it.realm.Refusal.PROOF_REPLAYED;

import io.github.keycloakgigya.it.realm.AttackedRealm;
import io.github.keycloakgigya.it.realm.Attempt;
import io.github.keycloakgigya.it.realm.Door;
import io.github.keycloakgigya.it.realm.GoodProof;
import io.github.keycloakgigya.it.realm.Outcome;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.simulator.Fault;
import java.util.function.Function;
import java.util.stream.Stream;

/** Proofs that are good, and were used before. */
enum ReplayAttack implements Attack {
    TOKEN("a token that signed somebody in", GoodProof.BOUND_TOKEN, ReplayAttack::usedHere) {
        // Another login has another audience, so the token is not even looked up among the used ones.
        @Override
        public Outcome outcome(Door door) {
            return door.hasPage() ? PROOF_INVALID : PROOF_REPLAYED;
        }
    },
    SIGN_IN_TOKEN("a token of a sign-in that signed somebody in", GoodProof.SIGN_IN_TOKEN, ReplayAttack::usedHere),
    SIGNED_UID("a signed UID that signed somebody in", GoodProof.SIGNED_UID, ReplayAttack::usedHere),
    TOKEN_OF_OTHER_DOOR(
            "a token of a sign-in that signed somebody in at another door",
            GoodProof.SIGN_IN_TOKEN,
            ReplayAttack::usedElsewhere),
    SIGNED_UID_OF_OTHER_DOOR(
            "a signed UID that signed somebody in at another door", GoodProof.SIGNED_UID, ReplayAttack::usedElsewhere),
    TOKEN_OF_FAILED_SIGN_IN(
            "a token with which the sign-in failed",
            GoodProof.BOUND_TOKEN,
            scene -> afterFailure(scene, token -> token)),
    RESPELT_TOKEN(
            "a token with which the sign-in failed, in another spelling",
            GoodProof.BOUND_TOKEN,
            scene -> afterFailure(
                    scene,
                    // The last character of 256 bytes in Base64 has four spare bits.
                    token -> token.substring(0, token.length() - 1) + (char) (token.charAt(token.length() - 1) + 1))) {
        @Override
        public Outcome outcome(Door door) {
            return PROOF_INVALID;
        }
    };

    private final String what;
    private final GoodProof proof;
    private final Function<AttackScene, Stream<Attempt>> attack;

    ReplayAttack(String what, GoodProof proof, Function<AttackScene, Stream<Attempt>> attack) {
        this.what = what;
        this.proof = proof;
        this.attack = attack;
    }

    private static Stream<Attempt> usedHere(AttackScene scene) {
        return Stream.of(usedAt(scene.realm(), scene.realm()));
    }

    private static Stream<Attempt> usedElsewhere(AttackScene scene) {
        return scene.others().stream().map(other -> usedAt(other, scene.realm()));
    }

    private static Attempt usedAt(AttackedRealm first, AttackedRealm then) {
        var honest = first.enter();
        var form = first.goodProof(first.victim(), honest);
        honest.tokens(honest.post(form));
        return then.attempt(then.enter(), form);
    }

    private static Stream<Attempt> afterFailure(AttackScene scene, Function<String, String> respell) {
        var realm = scene.realm();
        var entrant = realm.enter();
        var token = realm.goodProof(realm.victim(), entrant).parameters().get(0).getValue();
        realm.realm().simulator().faults().onceOn("accounts.getJWT", Fault.throttle());
        var failed = realm.attempt(entrant, Form.of("id_token", token)).wasRefused(GIGYA_UNAVAILABLE);
        return Stream.of(realm.attempt(entrant.again(failed.answer()), Form.of("id_token", respell.apply(token))));
    }

    @Override
    public GoodProof proof() {
        return proof;
    }

    @Override
    public Outcome outcome(Door door) {
        return PROOF_REPLAYED;
    }

    @Override
    public void at(AttackScene scene) {
        attack.apply(scene).forEach(outcome(scene.door())::of);
    }

    @Override
    public String toString() {
        return what;
    }
}
