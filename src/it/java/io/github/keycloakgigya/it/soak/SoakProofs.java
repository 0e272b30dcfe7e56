package io.github.keycloakgigya.it.soak;

import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.Forger;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** What is shown to the doors of a soak. Thread-safe. */
final class SoakProofs {

    private static final int LIFETIMES = 180;

    private final Site elsewhere;
    private final Account stranger;
    private final AtomicInteger count = new AtomicInteger();

    SoakProofs(GigyaSimulator simulator) {
        elsewhere = simulator.addSite(Site.builder());
        stranger = elsewhere.add(BrokeredRealm.person("stranger"));
    }

    /** {@return a good proof, under the name that the page gives it} */
    Form token(SoakPeople.Person person, String audience, GigyaRealm realm) {
        // What Gigya signs twice in one second is the same text, so one proof.
        var forger = Forger.of(realm.simulator(), realm.site(), person.uid(), audience);
        return Form.of(
                "id_token",
                forger.token()
                        .with("exp", forger.in(60 + count.incrementAndGet() % LIFETIMES))
                        .signed());
    }

    /** {@return a token for somebody else's page, of another site, or with another signature} */
    String wrong(SoakPeople.Person person, String audience, GigyaRealm realm, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> realm.proofOf(person.account(), audience + "/elsewhere");
            case 1 -> realm.simulator().accountToken(elsewhere, stranger, audience);
            default -> withOtherSignature(realm.proofOf(person.account(), audience));
        };
    }

    private static String withOtherSignature(String token) {
        int middle = (token.lastIndexOf('.') + token.length()) / 2;
        var other = token.charAt(middle) == 'A' ? 'B' : 'A';
        return token.substring(0, middle) + other + token.substring(middle + 1);
    }
}
