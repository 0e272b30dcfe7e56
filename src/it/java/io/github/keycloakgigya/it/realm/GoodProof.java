package io.github.keycloakgigya.it.realm;

import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.token.GigyaTokens;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What an honest browser or app posts, by the settings {@code loginProof} and {@code bindProofToSession} of the realm.
 */
public enum GoodProof {
    /** A token of {@code accounts.getJWT} with the audience of the page, or of the realm. */
    BOUND_TOKEN("this door takes no tokens of accounts.getJWT") {
        @Override
        public Form of(Account account, String audience, GigyaRealm realm) {
            return token(forger(account, audience, realm).token());
        }
    },
    /** The token that comes along with a sign-in at Gigya. */
    SIGN_IN_TOKEN("this door takes no tokens of a sign-in") {
        @Override
        public Form of(Account account, String audience, GigyaRealm realm) {
            return token(forger(account, audience, realm).signInToken());
        }
    },
    /** The UID with Gigya's signature. */
    SIGNED_UID("this door takes no signed UIDs") {
        @Override
        public Form of(Account account, String audience, GigyaRealm realm) {
            long time = nextSecond();
            return Form.of("UID", account.uid())
                    .and("UIDSignature", realm.site().signUid(account.uid(), time))
                    .and("signatureTimestamp", Long.toString(time));
        }
    };

    private static final int AGES = 50;
    private static final int LIFETIMES = 180;
    private static final AtomicInteger TOKENS = new AtomicInteger();
    private static final AtomicLong LAST_SECOND = new AtomicLong();

    private final String absence;

    GoodProof(String absence) {
        this.absence = absence;
    }

    private static Forger forger(Account account, String audience, GigyaRealm realm) {
        return Forger.of(realm.simulator(), realm.site(), account.uid(), audience);
    }

    // What Gigya signs twice in one second is the same text, so one proof, and tests sign in more often than that; so
    // these are of an earlier second than any that a page asks the simulator for.
    private static Form token(GigyaTokens token) {
        int count = TOKENS.getAndIncrement();
        long now = Instant.now().getEpochSecond();
        return Form.of(
                "id_token",
                token.with("iat", now - 1 - count % AGES)
                        .with("exp", now + 60 + count / AGES % LIFETIMES)
                        .signed());
    }

    private static long nextSecond() {
        long earliest = Instant.now().getEpochSecond() - AGES;
        return LAST_SECOND.updateAndGet(last -> Math.max(last + 1, earliest));
    }

    /** {@return what is said of a door that does not take such proofs} */
    public String absence() {
        return absence;
    }

    /** {@return the proof, under the names that the page gives its parts} */
    public abstract Form of(Account account, String audience, GigyaRealm realm);
}
