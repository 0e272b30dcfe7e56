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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Tokens that Gigya's key really signed, since it signs for many sites and purposes, and that prove nothing here. */
enum ClaimForgery implements Attack {
    OTHER_SITE("is another site's", PROOF_INVALID, f -> of(f, anotherApiKey())),
    OTHER_ISSUER("has another site's issuer", PROOF_INVALID, f -> with(f, "iss", issuer(anotherApiKey()))),
    OTHER_API_KEY("has another site's API key", PROOF_INVALID, f -> with(f, "apiKey", anotherApiKey())),
    NO_ISSUER("has no issuer", PROOF_INVALID, f -> f.token().without("iss")),
    SIMILAR_ISSUER(
            "has an issuer that only begins like the site's",
            PROOF_INVALID,
            f -> with(f, "iss", issuer(f.site().apiKey()) + "x")),
    NO_API_KEY("has no API key", PROOF_INVALID, f -> f.token().without("apiKey")),

    EXPIRED("has expired", PROOF_EXPIRED, f -> times(f, -175, -125)),
    TOO_OLD("is too old though it has not expired", PROOF_EXPIRED, f -> times(f, -190, 3_600)),
    TOO_OLD_FOR_EVER(
            "is too old though it never expires",
            PROOF_EXPIRED,
            f -> f.token().with("iat", f.in(-190)).with("exp", 253_402_300_799L)),
    FROM_THE_FUTURE("is from the future", PROOF_INVALID, f -> times(f, 130, 190)),
    BEGINS_LATER("begins in the future (nbf)", PROOF_INVALID, f -> with(f, "nbf", f.in(130))),
    ENDS_BEFORE_IT_BEGINS("expired before it was made", PROOF_INVALID, f -> times(f, 0, -1)),
    NEVER_EXPIRES("has no end", PROOF_INVALID, f -> f.token().without("exp")),
    WITHOUT_TIME("does not say when it was made", PROOF_INVALID, f -> f.token().without("iat")),
    TIME_AS_TEXT("says as text when it was made", PROOF_INVALID, f -> with(f, "iat", Long.toString(f.in(0)))),
    HUGE_EXPIRY("has an end that no clock will show", PROOF_INVALID, f -> with(f, "exp", Long.MAX_VALUE)),

    NO_SUBJECT("names no account", PROOF_INVALID, f -> f.token().without("sub")),
    EMPTY_SUBJECT("names an account by an empty text", PROOF_INVALID, f -> with(f, "sub", "")),
    NUMBER_AS_SUBJECT("names an account by a number", PROOF_INVALID, f -> with(f, "sub", 1)),
    TWO_SUBJECTS("names two accounts", PROOF_INVALID, f -> with(f, "sub", List.of(f.uid(), "other"))),
    LINE_BREAK_IN_SUBJECT("names an account with a line break", PROOF_INVALID, f -> with(f, "sub", f.uid() + "\n")),
    NUL_IN_SUBJECT("names an account with a NUL", PROOF_INVALID, f -> with(f, "sub", f.uid() + "\0x")),
    LONG_SUBJECT("names an account by 4,000 characters", PROOF_INVALID, f -> with(f, "sub", "u".repeat(4_000))),

    WEBHOOK(
            "is a webhook's",
            PROOF_INVALID,
            f -> GigyaTokens.webhook(f.gigya(), f.site().apiKey(), f.now())),
    WEBHOOK_IN_DISGUISE(
            "is a webhook's (jti) with all else as it should be",
            PROOF_INVALID,
            f -> with(f, "jti", "8693aa10-9c75-48c9-a959-6ef1ae2b6b54")),
    SIGN_IN("comes from a sign-in and is not bound to this login", PROOF_INVALID, f -> f.signInToken()),
    BOUND_SIGN_IN(
            "comes from a sign-in and has the audience",
            PROOF_INVALID,
            f -> f.signInToken().with("aud", f.audience())),
    NOT_SIGNED_IN("says that nobody is signed in", PROOF_INVALID, f -> with(f, "isLoggedIn", false)),
    NOT_SIGNED_IN_TEXT("says as text that nobody is signed in", PROOF_INVALID, f -> with(f, "isLoggedIn", "false")),

    NO_AUDIENCE("has no audience", PROOF_INVALID, f -> f.token().without("aud")),
    EMPTY_AUDIENCE("has an empty audience", PROOF_INVALID, f -> with(f, "aud", "")),
    OTHER_AUDIENCE("has another audience", PROOF_INVALID, f -> with(f, "aud", "keycloak-" + "a".repeat(32))),
    UPPER_CASE_AUDIENCE(
            "has the audience in upper case",
            PROOF_INVALID,
            f -> with(f, "aud", f.audience().toUpperCase(Locale.ROOT))),
    TWO_AUDIENCES("has a second audience", PROOF_INVALID, f -> with(f, "aud", List.of(f.audience(), "other"))),
    NO_AUDIENCES("has an empty list of audiences", PROOF_INVALID, f -> with(f, "aud", List.of()));

    private final String what;
    private final Refusal refusal;
    private final Function<Forger, GigyaTokens> forge;

    ClaimForgery(String what, Refusal refusal, Function<Forger, GigyaTokens> forge) {
        this.what = what;
        this.refusal = refusal;
        this.forge = forge;
    }

    String forgedBy(Forger forger) {
        return forge.apply(forger).signed();
    }

    Refusal refusal() {
        return refusal;
    }

    @Override
    public Outcome outcome(Door door) {
        return refusal;
    }

    @Override
    public Optional<String> excuse(Door door) {
        return this == SIGN_IN && !door.hasPage() && door.proofs().contains(GoodProof.SIGN_IN_TOKEN)
                ? Optional.of("the token of a sign-in is a proof there")
                : Attack.super.excuse(door);
    }

    @Override
    public void at(AttackScene scene) {
        var entrant = scene.realm().enter();
        var token = forgedBy(Forger.at(entrant, scene.realm()));
        outcome(scene.door()).of(scene.realm().attempt(entrant, Form.of("id_token", token)));
    }

    @Override
    public String toString() {
        return what;
    }

    private static GigyaTokens with(Forger f, String claim, Object value) {
        return f.token().with(claim, value);
    }

    private static GigyaTokens times(Forger f, long made, long ends) {
        return f.token().with("iat", f.in(made)).with("exp", f.in(ends));
    }

    private static GigyaTokens of(Forger f, String apiKey) {
        return GigyaTokens.account(f.gigya(), apiKey, f.uid(), f.now()).with("aud", f.audience());
    }

    private static String issuer(String apiKey) {
        return "https://fidm.gigya.com/jwt/" + apiKey + "/";
    }

    private static String anotherApiKey() {
        return "3_" + "other_".repeat(10) + "site";
    }
}
