package io.github.keycloakgigya.it;

import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.token.GigyaTokens;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gigya itself answers wrongly, or somebody who sits between says so: nothing of it reaches a user. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LyingGigyaIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private AttackedRealm attacked;

    LyingGigyaIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        attacked = AttackedRealm.create(keycloak, simulator);
    }

    @AfterAll
    void delete_the_realm() {
        attacked.close();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void an_answer_of_get_jwt_is_refused(Lie lie) {
        var visitor = attacked.realm().visit();
        var forger = Forger.of(
                simulator, attacked.realm().site(), attacked.bystander().uid(), "");
        var answer = lie.of(forger, attacked.victim().uid());
        simulator.faults().onceOn("accounts.getJWT", Fault.lying(answer));

        attacked.attempt(visitor, attacked.goodProof(attacked.bystander(), visitor))
                .wasRefused(Refusal.GIGYA_UNAVAILABLE)
                .canBeRetried(attacked);
    }

    private enum Lie {
        OTHER_ACCOUNT("about another account", (f, victim) -> answer(f).with("sub", victim)),
        NO_ACCOUNT("about nobody", (f, victim) -> answer(f).without("sub")),
        OTHER_CASE(
                "about the same UID in capitals",
                (f, victim) -> answer(f).with("sub", f.uid().toUpperCase(Locale.ROOT))),
        OTHER_SITE(
                "of another site",
                (f, victim) -> GigyaTokens.account(f.gigya(), "3_" + "o".repeat(64), f.uid(), f.now())),
        OTHER_API_KEY("with another site's API key", (f, victim) -> answer(f).with("apiKey", "3_" + "o".repeat(64))),
        EXPIRED(
                "that has expired",
                (f, victim) -> answer(f).with("iat", f.in(-175)).with("exp", f.in(-125))),
        OLD("that is old", (f, victim) -> answer(f).with("iat", f.in(-190)).with("exp", f.in(600))),
        FROM_THE_FUTURE(
                "from the future",
                (f, victim) -> answer(f).with("iat", f.in(130)).with("exp", f.in(190))),
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

        Lie(String what, BiFunction<Forger, String, GigyaTokens> lie) {
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
        public String toString() {
            return what;
        }
    }

    @Test
    void an_answer_that_is_no_text_is_refused() {
        var visitor = attacked.realm().visit();
        simulator.faults().onceOn("accounts.getJWT", Fault.lying(Map.of("id_token", List.of("a.b.c"))));

        attacked.attempt(visitor, attacked.goodProof(attacked.bystander(), visitor))
                .wasRefused(Refusal.GIGYA_UNAVAILABLE);
    }

    @Test
    void an_answer_about_another_accounts_addresses_verifies_none_and_imports_nobody() {
        var visitor = attacked.realm().visit();
        simulator
                .faults()
                .onceOn(
                        "accounts.getAccountInfo",
                        Fault.lying(Map.of("UID", attacked.victim().uid())));

        attacked.attempt(visitor, attacked.goodProof(attacked.attacker(), visitor))
                .wasRefused(Refusal.GIGYA_UNAVAILABLE);
    }
}
