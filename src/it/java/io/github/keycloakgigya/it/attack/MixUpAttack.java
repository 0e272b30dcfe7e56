package io.github.keycloakgigya.it.attack;

import static io.github.keycloakgigya.it.realm.KeycloakRefusal.COOKIE_NOT_FOUND;
import static io.github.keycloakgigya.it.realm.Refusal.ACCOUNT_CONFLICT;
import static io.github.keycloakgigya.it.realm.Refusal.PROOF_INVALID;

import io.github.keycloakgigya.it.realm.AttackedRealm;
import io.github.keycloakgigya.it.realm.Attempt;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.Door;
import io.github.keycloakgigya.it.realm.GoodProof;
import io.github.keycloakgigya.it.realm.Outcome;
import io.github.keycloakgigya.it.realm.Visitor;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Site;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Good proofs of another site, provider, realm or door. */
enum MixUpAttack implements Attack {
    OTHER_DOOR(
            "a token made for another door of the site",
            PROOF_INVALID,
            scene -> scene.others().stream().map(other -> {
                var honest = other.enter();
                return scene.realm().attempt(scene.realm().enter(), other.goodProof(other.victim(), honest));
            })),
    OTHER_SITE("a token of the site of another Gigya provider of the realm", PROOF_INVALID, scene -> {
        var realm = scene.realm();
        var entrant = realm.enter();
        var neighbour = realm.neighbour();
        var uid = realm.victim().uid();
        var twin = neighbour
                .account(uid)
                .orElseGet(() -> neighbour.add(Account.builder().uid(uid).verifiedEmail("victim@example.com")));
        var token = realm.realm().simulator().accountToken(neighbour, twin, entrant.audience());
        return Stream.of(realm.attempt(entrant, Form.of("id_token", token)));
    }),
    MOVED_PROVIDER(
            "a token of a site that an editor moved the identity provider to, about a user of a federation",
            ACCOUNT_CONFLICT,
            scene -> {
                var realm = scene.realm();
                var admin = realm.realm().admin();
                var site = realm.realm().site();
                var neighbour = realm.neighbour();
                var federation = realm.realm().addFederation("owner", site);
                var account = realm.addAccount();
                realm.introduce(account);
                var twin = neighbour.add(
                        Account.builder().uid(account.uid()).verifiedEmail(account.uid() + "@example.com"));
                move(realm, neighbour);
                try {
                    var entrant = realm.enter();
                    var token = realm.realm().simulator().accountToken(neighbour, twin, entrant.audience());
                    return Stream.of(realm.attempt(entrant, Form.of("id_token", token)));
                } finally {
                    move(realm, site);
                    admin.delete("realms/" + realm.realm().name() + "/components/" + federation)
                            .succeeded();
                }
            }) {
        @Override
        public Optional<String> excuse(Door door) {
            return door.isOfProvider() ? Optional.empty() : Optional.of("there is no identity provider");
        }
    },
    OTHER_PROVIDERS_TOKEN("a token made for the page of another provider in the same login", PROOF_INVALID, scene -> {
        var realm = scene.realm();
        var visitor = (Visitor) realm.enter();
        var twin = realm.visitTwin(visitor);
        var form = realm.goodProof(realm.victim(), twin);
        var again = visitor.on(visitor.reload());
        return Stream.of(realm.attempt(again, form));
    }) {
        @Override
        public Optional<String> excuse(Door door) {
            return onlyProviders(door);
        }
    },
    OTHER_PROVIDERS_FORM("a form to the address of another provider of the same site", PROOF_INVALID, scene -> {
        var realm = scene.realm();
        var visitor = (Visitor) realm.enter();
        var form = realm.goodProof(realm.victim(), visitor);
        var address = URI.create(visitor.action()
                .toString()
                .replace("/broker/" + BrokeredRealm.ALIAS + "/", "/broker/" + BrokeredRealm.TWIN + "/"));
        return Stream.of(realm.attempt(visitor, form, () -> visitor.post(address, form)));
    }) {
        @Override
        public Optional<String> excuse(Door door) {
            return onlyProviders(door);
        }
    },
    OTHER_REALMS_FORM("a form to the address of another realm of the same site", COOKIE_NOT_FOUND, scene -> {
        var realm = scene.realm();
        var target = scene.doors().realm(scene.door(), GoodProof.SIGN_IN_TOKEN);
        var visitor = (Visitor) realm.enter();
        var form = GoodProof.SIGN_IN_TOKEN.of(realm.victim(), visitor.audience(), realm.realm());
        var address = URI.create(visitor.action()
                .toString()
                .replace(realm.realm().name(), target.realm().name()));
        return Stream.of(target.attempt(visitor, form, () -> visitor.post(address, form)));
    }) {
        @Override
        public Optional<String> excuse(Door door) {
            return door.hasPage()
                    ? Optional.empty()
                    : Optional.of("at an app's door a token of a sign-in is good in each realm of the site, once");
        }
    };

    private final String what;
    private final Outcome outcome;
    private final Function<AttackScene, Stream<Attempt>> attack;

    MixUpAttack(String what, Outcome outcome, Function<AttackScene, Stream<Attempt>> attack) {
        this.what = what;
        this.outcome = outcome;
        this.attack = attack;
    }

    private static void move(AttackedRealm realm, Site site) {
        BrokeredRealm.at(realm.realm())
                .configure(Map.of("clientId", site.apiKey(), "clientSecret", site.partnerSecret()));
    }

    private static Optional<String> onlyProviders(Door door) {
        return door == Door.IDENTITY_PROVIDER
                ? Optional.empty()
                : Optional.of("there is one provider to choose for one login");
    }

    @Override
    public Outcome outcome(Door door) {
        return outcome;
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
