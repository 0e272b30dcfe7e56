package io.github.keycloakgigya.it.attack;

import static io.github.keycloakgigya.it.realm.Refusal.PROOF_EXPIRED;
import static io.github.keycloakgigya.it.realm.Refusal.PROOF_INVALID;

import io.github.keycloakgigya.it.realm.Door;
import io.github.keycloakgigya.it.realm.Forger;
import io.github.keycloakgigya.it.realm.GoodProof;
import io.github.keycloakgigya.it.realm.Outcome;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.token.GigyaTokens;
import java.util.function.Function;

/** Tokens that prove nothing where the token of a sign-in will do, not bound to the login. */
enum UnboundForgery implements Attack {
    GET_JWT(
            "made by getJWT without an audience, by whichever server",
            PROOF_INVALID,
            f -> f.token().without("aud")),
    GET_JWT_FOR_OTHERS("made by getJWT for another audience", PROOF_INVALID, f -> f.token()),
    FOR_OTHERS("made for another audience", PROOF_INVALID, f -> f.signInToken().with("aud", "another application")),
    NOBODY(
            "saying that nobody is signed in",
            PROOF_INVALID,
            f -> f.signInToken().with("isLoggedIn", false)),
    NOBODY_AS_TEXT(
            "saying as text that nobody is signed in",
            PROOF_INVALID,
            f -> f.signInToken().with("isLoggedIn", "False")),
    PERHAPS_SOMEBODY(
            "saying with a number that somebody is signed in",
            PROOF_INVALID,
            f -> f.signInToken().with("isLoggedIn", 1)),
    WEBHOOK("made for a webhook", PROOF_INVALID, f -> f.signInToken().with("jti", "1")),
    OTHER_SITE(
            "made for another site",
            PROOF_INVALID,
            f -> GigyaTokens.signIn(f.gigya(), "3_" + "o".repeat(64), f.uid(), f.now())),
    OLD(
            "made three minutes ago",
            PROOF_EXPIRED,
            f -> f.signInToken().with("iat", f.in(-190)).with("exp", f.in(600)));

    private final String what;
    private final Refusal refusal;
    private final Function<Forger, GigyaTokens> forge;

    UnboundForgery(String what, Refusal refusal, Function<Forger, GigyaTokens> forge) {
        this.what = what;
        this.refusal = refusal;
        this.forge = forge;
    }

    @Override
    public GoodProof proof() {
        return GoodProof.SIGN_IN_TOKEN;
    }

    @Override
    public Outcome outcome(Door door) {
        return refusal;
    }

    @Override
    public void at(AttackScene scene) {
        var realm = scene.realm();
        var forger = Forger.of(
                realm.realm().simulator(), realm.realm().site(), realm.victim().uid(), "anything");
        var token = forge.apply(forger).signed();
        outcome(scene.door()).of(realm.attempt(realm.enter(), Form.of("id_token", token)));
    }

    @Override
    public String toString() {
        return what;
    }
}
