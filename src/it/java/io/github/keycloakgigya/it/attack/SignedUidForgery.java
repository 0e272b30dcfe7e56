package io.github.keycloakgigya.it.attack;

import static io.github.keycloakgigya.it.realm.Refusal.PROOF_EXPIRED;
import static io.github.keycloakgigya.it.realm.Refusal.PROOF_INVALID;

import io.github.keycloakgigya.it.realm.Door;
import io.github.keycloakgigya.it.realm.Forger;
import io.github.keycloakgigya.it.realm.GoodProof;
import io.github.keycloakgigya.it.realm.KeycloakRefusal;
import io.github.keycloakgigya.it.realm.Outcome;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.simulator.ApplicationKey;
import io.github.keycloakgigya.simulator.Site;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.LongStream;

/** UIDs with signatures that prove nothing. */
enum SignedUidForgery implements Attack {
    WRONG_SECRET(
            "signed with another secret",
            f -> f.form(f.uid(), ApplicationKey.random().signUid(f.uid(), f.now()), f.now())),
    OTHER_ACCOUNT("signed for another account", f -> f.form(f.uid(), f.site().signUid("attacker", f.now()), f.now())),
    SIMILAR_UID(
            "signed for the same UID in capitals",
            f -> f.form(f.uid(), f.site().signUid(f.uid().toUpperCase(Locale.ROOT), f.now()), f.now())),
    OTHER_TIME("signed a second earlier than it says", f -> f.form(f.uid(), f.sign(f.now() - 1), f.now())),
    FRIEND(
            "signed as the friend of another account",
            f -> f.form(f.uid(), f.site().signUid("friend_" + f.uid(), f.now()), f.now())),
    OLD("signed three minutes ago", PROOF_EXPIRED, f -> f.signed(f.now() - 185)),
    VERY_OLD("signed in 1970", PROOF_EXPIRED, f -> f.signed(1)),
    FUTURE("signed in two minutes", f -> f.signed(f.now() + 130)),
    FAR_FUTURE("signed in the year 2286", f -> f.signed(9_999_999_999L)),

    NO_NUMBER("with a time that is no number", f -> f.formAt("soon")),
    NO_TIME("with an empty time", f -> f.formAt("")),
    NEGATIVE("with a negative time", f -> f.formAt("-" + f.now())),
    SIGNED_NUMBER("with a plus before the time", f -> f.formAt("+" + f.now())),
    FRACTION("with a fraction of a second", f -> f.formAt(f.now() + ".0")),
    EXPONENT("with a time in powers of ten", f -> f.formAt("1e9")),
    HEXADECIMAL("with a hexadecimal time", f -> f.formAt("0x" + Long.toHexString(f.now()))),
    SPACED("with a space after the time", f -> f.formAt(f.now() + " ")),
    FOREIGN_DIGITS("with Arabic digits", f -> f.formAt(Long.toString(f.now()).replace('1', '\u0661'))),
    HUGE_NUMBER("with a time of thirty digits", f -> f.formAt("9".repeat(30))),
    MILLISECONDS("with a time in milliseconds", f -> f.formAt(f.now() + "000")),

    NO_SIGNATURE("with an empty signature", f -> f.form(f.uid(), "", f.now())),
    URL_SAFE("with a signature in URL-safe Base64", f -> {
        var time = LongStream.iterate(f.now(), seconds -> seconds - 1)
                .filter(seconds -> f.sign(seconds).matches(".*[+/].*"))
                .findFirst()
                .orElseThrow();
        return f.form(f.uid(), f.sign(time).replace('+', '-').replace('/', '_'), time);
    }),
    UNPADDED(
            "with a signature without padding",
            f -> f.form(f.uid(), f.sign(f.now()).replace("=", ""), f.now())),
    PADDED_TWICE("with a signature that is padded twice", f -> f.form(f.uid(), f.sign(f.now()) + "=", f.now())),
    SPACE_IN_SIGNATURE("with a space before the signature", f -> f.form(f.uid(), " " + f.sign(f.now()), f.now())),
    SPARE_BITS("with a signature whose spare bits are set", f -> {
        var signature = f.sign(f.now());
        var last = (char) (signature.charAt(26) + 1);
        return f.form(f.uid(), signature.substring(0, 26) + last + "=", f.now());
    }),
    HEXADECIMAL_SIGNATURE(
            "with a signature in hexadecimal",
            f -> f.form(f.uid(), HexFormat.of().formatHex(Base64.getDecoder().decode(f.sign(f.now()))), f.now())),
    HALF_SIGNATURE("with half a signature", f -> f.form(f.uid(), f.sign(f.now()).substring(0, 14), f.now())),

    NO_UID("without a UID", f -> f.form("", f.site().signUid("", f.now()), f.now())),
    LINE_BREAK("with a line break in the UID", f -> f.signedOf(f.uid() + "\n")),
    NUL("with a NUL in the UID", f -> f.signedOf(f.uid() + "\0")),
    LONG_UID("with a UID of 4,000 characters", f -> f.signedOf("u".repeat(4_000))),
    QUOTES("with quotes in the UID and a made-up signature", f -> f.form("' or '1'='1\" --", f.sign(f.now()), f.now())),
    TWO_UIDS("with a second UID", f -> f.signed(f.now()).and("UID", "attacker")),
    TWO_SIGNATURES("with a second signature", f -> f.signed(f.now()).and("UIDSignature", f.sign(f.now()))),
    TWO_TIMES("with a second time", f -> f.signed(f.now()).and("signatureTimestamp", Long.toString(f.now()))),
    WITH_TOKEN("with a token beside it", f -> f.signed(f.now()).and("id_token", "a.b.c")),
    TOKEN_ALONE("that is a token", f -> Form.of("id_token", "a.b.c"));

    /**
     * What an attacker knows, and what Gigya would sign.
     *
     * @param site whose partner secret signs
     * @param uid of the victim
     * @param now seconds since 1970
     */
    record Forger(Site site, String uid, long now) {

        String sign(long time) {
            return site.signUid(uid, time);
        }

        Form signed(long time) {
            return form(uid, sign(time), time);
        }

        Form signedOf(String otherUid) {
            return form(otherUid, site.signUid(otherUid, now), now);
        }

        Form formAt(String time) {
            return Form.of("UID", uid).and("UIDSignature", sign(now)).and("signatureTimestamp", time);
        }

        Form form(String anyUid, String signature, long time) {
            return Form.of("UID", anyUid).and("UIDSignature", signature).and("signatureTimestamp", Long.toString(time));
        }
    }

    private final String what;
    private final Refusal refusal;
    private final Function<Forger, Form> forge;

    SignedUidForgery(String what, Function<Forger, Form> forge) {
        this(what, PROOF_INVALID, forge);
    }

    SignedUidForgery(String what, Refusal refusal, Function<Forger, Form> forge) {
        this.what = what;
        this.refusal = refusal;
        this.forge = forge;
    }

    Form forgedBy(Forger forger) {
        return forge.apply(forger);
    }

    Refusal refusal() {
        return refusal;
    }

    @Override
    public GoodProof proof() {
        return GoodProof.SIGNED_UID;
    }

    @Override
    public Outcome outcome(Door door) {
        var isDoubled = this == TWO_UIDS || this == TWO_SIGNATURES || this == TWO_TIMES;
        return isDoubled && !door.hasPage() ? KeycloakRefusal.NO_EVENT : refusal;
    }

    @Override
    public void at(AttackScene scene) {
        var realm = scene.realm();
        var forger = new Forger(
                realm.realm().site(), realm.victim().uid(), Instant.now().getEpochSecond());
        outcome(scene.door()).of(realm.attempt(realm.enter(), forgedBy(forger)));
    }

    @Override
    public String toString() {
        return what;
    }
}
