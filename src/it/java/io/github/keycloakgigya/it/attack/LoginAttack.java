package io.github.keycloakgigya.it.attack;

import static io.github.keycloakgigya.it.realm.KeycloakRefusal.COOKIE_NOT_FOUND;
import static io.github.keycloakgigya.it.realm.KeycloakRefusal.EXPIRED_CODE;
import static io.github.keycloakgigya.it.realm.KeycloakRefusal.NO_EVENT;
import static io.github.keycloakgigya.it.realm.KeycloakRefusal.NO_LOGIN;
import static io.github.keycloakgigya.it.realm.Refusal.PROOF_INVALID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.realm.AttackedRealm;
import io.github.keycloakgigya.it.realm.Attempt;
import io.github.keycloakgigya.it.realm.Door;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.Outcome;
import io.github.keycloakgigya.it.realm.Visitor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Good proofs in another browser, window, client or login than the one that they were made for. */
enum LoginAttack implements Attack {
    INTO_VICTIMS_BROWSER("the attacker's own token into a victim's browser", PROOF_INVALID, realm -> {
        var attacker = visit(realm);
        var victim = visit(realm);
        return realm.attempt(victim, realm.goodProof(realm.attacker(), attacker));
    }),
    ATTACKERS_FORM("the attacker's own form with a victim's cookies", EXPIRED_CODE, realm -> {
        var attacker = visit(realm);
        var victim = visit(realm);
        var form = realm.goodProof(realm.attacker(), attacker);
        return realm.attempt(victim, form, () -> victim.post(attacker.action(), form));
    }),
    VICTIMS_FORM("a victim's form with the attacker's cookies", EXPIRED_CODE, realm -> {
        var victim = visit(realm);
        var attacker = visit(realm);
        var form = realm.goodProof(realm.victim(), victim);
        var attempt = realm.attempt(attacker, form, () -> attacker.post(victim.action(), form));
        // The page that it was stolen from still stands open, and its owner gets in.
        var tokens = victim.tokens(victim.post(form));
        assertThat(tokens.subject()).isEqualTo(realm.userId(realm.victim()));
        return attempt;
    }),
    WITHOUT_COOKIES("a victim's form without cookies", COOKIE_NOT_FOUND, realm -> {
        var victim = visit(realm);
        var nobody = visit(realm);
        var form = realm.goodProof(realm.victim(), victim);
        List.of("AUTH_SESSION_ID", "KC_AUTH_SESSION_HASH", "KC_RESTART")
                .forEach(nobody.browser().cookies()::remove);
        return realm.attempt(nobody, form, () -> nobody.post(victim.action(), form));
    }),
    OTHER_WINDOW("a token of another window of the same browser", PROOF_INVALID, realm -> {
        var first = visit(realm);
        var second = realm.visit(realm.realm().login(first.browser()));
        return realm.attempt(second, realm.goodProof(realm.bystander(), first));
    }),
    OTHER_CLIENT("a token of a login at another client", PROOF_INVALID, realm -> {
        var first = visit(realm);
        var second = realm.visit(realm.realm().login(first.browser(), GigyaRealm.OTHER_CLIENT));
        return realm.attempt(second, realm.goodProof(realm.bystander(), first));
    }),
    OTHER_CLIENTS_FORM("a form in which another client is named", NO_LOGIN, realm -> {
        var visitor = visit(realm);
        var form = realm.goodProof(realm.bystander(), visitor);
        var action = visitor.actionWithClient(GigyaRealm.OTHER_CLIENT);
        return realm.attempt(visitor, form, () -> visitor.post(action, form));
    }),
    MADE_UP_CODE("a form with a made-up code of the login", NO_EVENT, realm -> {
        var visitor = visit(realm);
        var form = realm.goodProof(realm.bystander(), visitor);
        var action = visitor.actionWithCode("A".repeat(43));
        return realm.attempt(visitor, form, () -> visitor.post(action, form));
    }),
    USED_CODE("a form with a code of the login that was used", NO_EVENT, realm -> {
        var visitor = visit(realm);
        visitor.post("not.a.token");
        return realm.attempt(visitor, realm.goodProof(realm.bystander(), visitor));
    }),
    OTHER_LOGINS_CODE("a form with the code of another login", NO_EVENT, realm -> {
        var visitor = visit(realm);
        var other = visit(realm);
        var form = realm.goodProof(realm.bystander(), visitor);
        var action = visitor.actionWithCode(other.code());
        return realm.attempt(visitor, form, () -> visitor.post(action, form));
    }),
    RESTARTED("a token made before the login was started over", PROOF_INVALID, realm -> {
        var visitor = visit(realm);
        var form = realm.goodProof(realm.bystander(), visitor);
        var again = visitor.again(visitor.browser().open(visitor.restart()));
        assertThat(again.audience()).isNotBlank().isNotEqualTo(visitor.audience());
        return realm.attempt(again, form);
    }),
    EXPIRED("a form of a login that has expired", EXPIRED_CODE, realm -> {
        realm.limitLogins(Duration.ofSeconds(1));
        try {
            var visitor = visit(realm);
            var form = realm.goodProof(realm.bystander(), visitor);
            var later = visit(realm);
            // Whoever looks more often keeps a login alive.
            await().pollInterval(Duration.ofMillis(1_500))
                    .until(() -> !later.reload().body().contains(later.audience()));
            return realm.attempt(visitor, form);
        } finally {
            realm.limitLogins(Duration.ofMinutes(5));
        }
    }),
    OTHER_ACCOUNT("another account's token where a user has to sign in again", PROOF_INVALID, realm -> {
        var visitor = visit(realm);
        visitor.tokens(visitor.post(realm.goodProof(realm.bystander(), visitor)));
        var again = realm.visit(realm.realm().login(visitor.browser()), Map.of("prompt", "login"));
        realm.victim().signedInAgain();
        return realm.attempt(again, realm.goodProof(realm.victim(), again));
    }) {
        // Who is still signed in as before has the cookie of that.
        @Override
        void ended(Attempt attempt) {
            assertThat(((Visitor) attempt.entrant()).login().isDone(attempt.answer()))
                    .isFalse();
            attempt.changedNothing();
            assertThat(attempt.events()).singleElement().satisfies(event -> {
                assertThat(event.path("type").asText()).endsWith("LOGIN_ERROR");
                assertThat(event.at("/details/gigya_error").asText()).isEqualTo("proof_invalid");
            });
        }
    };

    private final String what;
    private final Outcome outcome;
    private final Function<AttackedRealm, Attempt> attack;

    LoginAttack(String what, Outcome outcome, Function<AttackedRealm, Attempt> attack) {
        this.what = what;
        this.outcome = outcome;
        this.attack = attack;
    }

    private static Visitor visit(AttackedRealm realm) {
        return (Visitor) realm.enter();
    }

    @Override
    public Optional<String> excuse(Door door) {
        return door.hasPage() ? Optional.empty() : Optional.of("an app posts without a login before it");
    }

    @Override
    public Outcome outcome(Door door) {
        return outcome;
    }

    @Override
    public void at(AttackScene scene) {
        ended(attack.apply(scene.realm()));
    }

    void ended(Attempt attempt) {
        outcome(attempt.door()).of(attempt);
    }

    @Override
    public String toString() {
        return what;
    }
}
