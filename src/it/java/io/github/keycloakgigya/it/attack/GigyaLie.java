package io.github.keycloakgigya.it.attack;

import io.github.keycloakgigya.it.realm.Door;
import io.github.keycloakgigya.it.realm.Forger;
import io.github.keycloakgigya.it.realm.Outcome;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.token.GigyaTokens;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/** Wrong answers of Gigya about a bystander who proved to be that, or of somebody who sits between. */
enum GigyaLie implements Attack {
    OTHER_ACCOUNT("about another account", (f, victim) -> answer(f).with("sub", victim)),
    NO_ACCOUNT("about nobody", (f, victim) -> answer(f).without("sub")),
    OTHER_CASE(
            "about the same UID in capitals",
            (f, victim) -> answer(f).with("sub", f.uid().toUpperCase(Locale.ROOT))),
    OTHER_SITE(
            "of another site", (f, victim) -> GigyaTokens.account(f.gigya(), "3_" + "o".repeat(64), f.uid(), f.now())),
    OTHER_API_KEY("with another site's API key", (f, victim) -> answer(f).with("apiKey", "3_" + "o".repeat(64))),
    EXPIRED("that has expired", (f, victim) -> answer(f).with("iat", f.in(-175)).with("exp", f.in(-125))),
    OLD("that is old", (f, victim) -> answer(f).with("iat", f.in(-190)).with("exp", f.in(600))),
    FROM_THE_FUTURE(
            "from the future", (f, victim) -> answer(f).with("iat", f.in(130)).with("exp", f.in(190))),
    WITH_AUDIENCE("made for a browser", (f, victim) -> answer(f).with("aud", "keycloak-page")),
    SIGN_IN("made for a sign-in", (f, victim) -> f.signInToken()),
    WEBHOOK("made for a webhook", (f, victim) -> answer(f).with("jti", "1")),
    ALG_NONE("that names no algorithm", (f, victim) -> answer(f).withHeader("alg", "none")) {
        @Override
        String text(GigyaTokens token) {
            return token.signedPart() + ".";
        }
    },
    FOREIGN_KEY("signed by a foreign key", (f, victim) -> answer(f)) {
        @Override
        String text(GigyaTokens token) {
            return token.signedBy(Forger.FOREIGN);
        }
    },
    NO_TOKEN("without a token", (f, victim) -> answer(f)) {
        @Override
        String text(GigyaTokens token) {
            return "";
        }
    };

    private final String what;
    private final BiFunction<Forger, String, GigyaTokens> lie;

    GigyaLie(String what, BiFunction<Forger, String, GigyaTokens> lie) {
        this.what = what;
        this.lie = lie;
    }

    private static GigyaTokens answer(Forger forger) {
        return forger.token().without("aud");
    }

    Map<String, String> of(Forger forger, String victim) {
        return Map.of("id_token", text(lie.apply(forger, victim)));
    }

    String text(GigyaTokens token) {
        return token.signed();
    }

    @Override
    public Outcome outcome(Door door) {
        return Refusal.GIGYA_UNAVAILABLE;
    }

    @Override
    public void at(AttackScene scene) {
        var realm = scene.realm();
        var simulator = realm.realm().simulator();
        var entrant = realm.enter();
        var posted = realm.goodProof(realm.bystander(), entrant);
        var forger =
                Forger.of(simulator, realm.realm().site(), realm.bystander().uid(), "");
        simulator
                .faults()
                .onceOn("accounts.getJWT", Fault.lying(of(forger, realm.victim().uid())));
        outcome(scene.door()).of(realm.attempt(entrant, posted));
    }

    @Override
    public String toString() {
        return what;
    }
}
