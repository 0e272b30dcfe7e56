package io.github.keycloakgigya.it;

import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;
import java.util.function.Supplier;

/** A realm with a user whom an attacker wants to be, another who does no harm, and an attacker with an own account. */
final class AttackedRealm implements AutoCloseable {

    private static final int MOST_TRIES = 3;

    private final GigyaRealm realm;
    private final GoodProof proof;
    private final Account victim;
    private final Account bystander;
    private final Account attacker;

    private AttackedRealm(GigyaRealm realm, GoodProof proof) {
        this.realm = realm;
        this.proof = proof;
        this.victim = account("victim");
        this.bystander = account("bystander");
        this.attacker = account("attacker");
    }

    /** {@return a realm that takes tokens bound to the login, as is the default} */
    static AttackedRealm create(KeycloakServer keycloak, GigyaSimulator simulator) {
        return of(GigyaRealm.create(keycloak, simulator), GoodProof.BOUND_TOKEN);
    }

    /** {@return a realm that takes the proofs that its settings in {@code step} ask for} */
    static AttackedRealm create(
            KeycloakServer keycloak, GigyaSimulator simulator, GoodProof proof, Map<String, String> step) {
        return of(GigyaRealm.create(keycloak, simulator, Map.of(), step), proof);
    }

    /** {@return a realm, after victim and bystander signed in for the first time} */
    static AttackedRealm of(GigyaRealm realm, GoodProof proof) {
        var attacked = new AttackedRealm(realm, proof);
        attacked.signInVictimPatiently();
        attacked.signIn(attacked.bystander);
        return attacked;
    }

    // The first call of a server that has just started, on a busy machine, may take longer than a sign-in may wait.
    private void signInVictimPatiently() {
        for (int tries = 1; ; tries++) {
            var visitor = realm.visit();
            var answer = visitor.post(goodProof(victim, visitor));
            if (visitor.login().isDone(answer) || tries == MOST_TRIES) {
                visitor.login().finish(answer);
                return;
            }
        }
    }

    private Account account(String name) {
        return realm.site()
                .accountByLoginId(name + "@example.com")
                .orElseGet(() -> realm.site()
                        .add(Account.builder()
                                .verifiedEmail(name + "@example.com")
                                .profile("firstName", name)));
    }

    GigyaRealm realm() {
        return realm;
    }

    /** {@return an account whose user exists} */
    Account victim() {
        return victim;
    }

    /** {@return an account whose user exists, to sign in with} */
    Account bystander() {
        return bystander;
    }

    /** {@return an account that has never signed in to Keycloak} */
    Account attacker() {
        return attacker;
    }

    /** {@return what an honest browser posts into a page} */
    Form goodProof(Account account, Visitor visitor) {
        return proof.of(account, visitor.audience(), realm);
    }

    /** {@return the client's tokens after the account's owner signed in} */
    Tokens signIn(Account account) {
        var visitor = realm.visit();
        return visitor.login().finish(visitor.post(goodProof(account, visitor)));
    }

    /** {@return what comes of a form that is posted into an open page} */
    Attempt attempt(Visitor visitor, Form posted) {
        return attempt(visitor, posted, () -> visitor.post(posted));
    }

    /** {@return what comes of a form that is posted in another way than the page would} */
    Attempt attempt(Visitor visitor, Form posted, Supplier<Page> post) {
        var before = RealmState.of(realm);
        realm.admin().clearEvents(realm.name());
        var answer = post.get();
        return new Attempt(visitor, posted, answer, realm.events(), before, RealmState.of(realm));
    }

    @Override
    public void close() {
        realm.close();
    }
}
