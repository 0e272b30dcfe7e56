package io.github.keycloakgigya.it.attack;

import static io.github.keycloakgigya.it.realm.KeycloakRefusal.INVALID_REQUEST;
import static io.github.keycloakgigya.it.realm.KeycloakRefusal.NO_EVENT;
import static io.github.keycloakgigya.it.realm.Refusal.PROOF_INVALID;

import io.github.keycloakgigya.it.realm.AttackedRealm;
import io.github.keycloakgigya.it.realm.Attempt;
import io.github.keycloakgigya.it.realm.Door;
import io.github.keycloakgigya.it.realm.Entrant;
import io.github.keycloakgigya.it.realm.Forger;
import io.github.keycloakgigya.it.realm.GoodProof;
import io.github.keycloakgigya.it.realm.Outcome;
import io.github.keycloakgigya.server.Form;
import java.net.URI;
import java.util.Optional;
import java.util.function.BiFunction;

/** Forms that no page and no app would post, good tokens in them though there may be. */
enum FormAttack implements Attack {
    GOOD_AND_FORGED("two tokens, the first of which is good", PROOF_INVALID, NO_EVENT, (realm, entrant) -> {
        var form = realm.goodProof(realm.victim(), entrant);
        return realm.attempt(entrant, form.and(forged(realm, entrant)));
    }),
    FORGED_AND_GOOD("two tokens, the last of which is good", PROOF_INVALID, NO_EVENT, (realm, entrant) -> {
        var form = realm.goodProof(realm.victim(), entrant);
        return realm.attempt(entrant, forged(realm, entrant).and(form));
    }),
    TWICE("a good token twice", PROOF_INVALID, NO_EVENT, (realm, entrant) -> {
        var form = realm.goodProof(realm.victim(), entrant);
        return realm.attempt(entrant, form.and(form));
    }),
    UID_BESIDE(
            "a UID beside a good token",
            (realm, entrant) -> beside(realm, entrant, "UID", realm.victim().uid())),
    SIGNATURE_BESIDE(
            "a signature beside a good token",
            (realm, entrant) -> beside(realm, entrant, "UIDSignature", "c2lnbmF0dXJl")),
    TIME_BESIDE("a time beside a good token", (realm, entrant) -> beside(realm, entrant, "signatureTimestamp", "1")),
    SIGNED_UID("a signed UID where a token is expected", (realm, entrant) -> {
        var proof = GoodProof.SIGNED_UID.of(realm.victim(), entrant.audience(), realm.realm());
        return realm.attempt(entrant, proof);
    }),
    TOKEN("a token where a signed UID is expected", (realm, entrant) -> {
        var proof = GoodProof.SIGN_IN_TOKEN.of(realm.victim(), "", realm.realm());
        return realm.attempt(entrant, proof);
    }) {
        @Override
        public GoodProof proof() {
            return GoodProof.SIGNED_UID;
        }
    },
    NOTHING("nothing", (realm, entrant) -> realm.attempt(entrant, Form.empty())),
    OTHER_NAME("a good token under a name in capitals", (realm, entrant) -> {
        var token = realm.goodProof(realm.victim(), entrant).parameters().get(0).getValue();
        return realm.attempt(entrant, Form.of("ID_TOKEN", token));
    }),
    IN_ADDRESS("a good token in the address", (realm, entrant) -> {
        var form = realm.goodProof(realm.victim(), entrant);
        var action = entrant.action().toString();
        var address = URI.create(action
                + (action.contains("?") ? "&" : "?")
                + entrant.named(form).encoded());
        return realm.attempt(entrant, form, () -> entrant.post(address, Form.empty()));
    }),
    JSON("a good token as JSON", PROOF_INVALID, NO_EVENT, (realm, entrant) -> {
        var form = realm.goodProof(realm.victim(), entrant);
        var body = "{\"id_token\":\"" + form.parameters().get(0).getValue() + "\"}";
        return realm.attempt(entrant, form, () -> entrant.browser().post(entrant.action(), "application/json", body));
    }),
    BROKEN_ENCODING("a token of a broken encoding", NO_EVENT, NO_EVENT, (realm, entrant) -> {
        var body = entrant.request().and(entrant.named(Form.of("id_token", ""))).encoded() + "%zz";
        return realm.attempt(
                entrant, Form.empty(), () -> entrant.browser().post(entrant.action(), Form.CONTENT_TYPE, body));
    }),
    TOO_LONG("a good token that is a little too long", (realm, entrant) -> {
        var token = Forger.at(entrant, realm).token().with("padding", "x".repeat(16 * 1024));
        return realm.attempt(entrant, Form.of("id_token", token.signed()));
    }),
    LONGEST(
            "127 KiB, the most that Keycloak lets through",
            (realm, entrant) -> realm.attempt(entrant, Form.of("id_token", "a".repeat(127 << 10)))),
    MEGABYTE(
            "a megabyte",
            NO_EVENT,
            NO_EVENT,
            (realm, entrant) -> realm.attempt(entrant, Form.of("id_token", "a".repeat(1 << 20))));

    private final String what;
    private final Outcome atPages;
    private final Outcome atApps;
    private final BiFunction<AttackedRealm, Entrant, Attempt> attack;

    FormAttack(String what, BiFunction<AttackedRealm, Entrant, Attempt> attack) {
        this(what, PROOF_INVALID, PROOF_INVALID, attack);
    }

    FormAttack(String what, Outcome atPages, Outcome atApps, BiFunction<AttackedRealm, Entrant, Attempt> attack) {
        this.what = what;
        this.atPages = atPages;
        this.atApps = atApps;
        this.attack = attack;
    }

    private static Attempt beside(AttackedRealm realm, Entrant entrant, String name, String value) {
        var form = realm.goodProof(realm.victim(), entrant);
        return realm.attempt(entrant, form.and(name, value));
    }

    private static Form forged(AttackedRealm realm, Entrant entrant) {
        return Form.of("id_token", SignatureForgery.FOREIGN_KEY.forgedBy(Forger.at(entrant, realm)));
    }

    @Override
    public Optional<String> excuse(Door door) {
        var isBeside = this == UID_BESIDE || this == SIGNATURE_BESIDE || this == TIME_BESIDE;
        return isBeside && !door.proofs().contains(GoodProof.SIGNED_UID)
                ? Optional.of("parts of a signed UID mean nothing here")
                : Attack.super.excuse(door);
    }

    @Override
    public Outcome outcome(Door door) {
        if (door.hasPage()) {
            return atPages;
        }
        if (door == Door.DIRECT_GRANT || atApps != PROOF_INVALID) {
            return atApps;
        }
        // What has no token under the right name, or a longer one than Keycloak reads, is no request of such a grant.
        var isLong = this == TOO_LONG || this == LONGEST;
        return door == Door.JWT_AUTHORIZATION_GRANT && !isLong ? INVALID_REQUEST : NO_EVENT;
    }

    @Override
    public void at(AttackScene scene) {
        outcome(scene.door()).of(attack.apply(scene.realm(), scene.realm().enter()));
    }

    @Override
    public String toString() {
        return what;
    }
}
