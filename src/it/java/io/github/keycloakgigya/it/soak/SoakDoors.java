package io.github.keycloakgigya.it.soak;

import io.github.keycloakgigya.it.realm.App;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.PasswordRealm;
import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Everything that people, apps and administrators do in a soak. */
final class SoakDoors {

    private final SoakRealms realms;
    private final SoakSignIns signIns;
    private final App mobile;
    private final App exchanging;
    private final App asserting;
    private final AtomicInteger count = new AtomicInteger();

    SoakDoors(SoakRealms realms, URI address) {
        this.realms = realms;
        this.signIns =
                new SoakSignIns(address, new SoakProofs(realms.proofs().realm().simulator()));
        this.mobile = realms.proofs().app();
        this.exchanging = realms.exchange().app();
        this.asserting = realms.assertions().app();
    }

    /** {@return what people, apps and administrators wait for} */
    List<SoakDoor> ofPeople() {
        var federated = realms.proofs().realm();
        var exchange = realms.exchange().brokered();
        var assertions = realms.assertions().brokered();
        return List.of(
                new SoakDoor(
                        "step \"Gigya login\"",
                        5,
                        random -> signIns.signIn(
                                federated.visit(signIns.browser()),
                                realms.ofProofs().known(random),
                                federated)),
                new SoakDoor(
                        "step \"Gigya login\", first sign-in",
                        1,
                        random -> signIns.signIn(
                                federated.visit(signIns.browser()),
                                realms.ofProofs().newcomer(),
                                federated)),
                new SoakDoor(
                        "step \"Gigya login\", wrong proof",
                        2,
                        random -> signIns.wrongProof(
                                federated.visit(signIns.browser()),
                                realms.ofProofs().known(random),
                                federated,
                                random)),
                new SoakDoor("refresh", 3, random -> signIns.refresh()),
                new SoakDoor(
                        "direct grant",
                        4,
                        random -> signIns.show(mobile, realms.ofProofs().known(random), federated)),
                new SoakDoor(
                        "direct grant, wrong proof",
                        2,
                        random -> signIns.wrongToken(mobile, realms.ofProofs().known(random), federated, random)),
                new SoakDoor(
                        "password form",
                        3,
                        random -> signIns.form(
                                realms.passwords(),
                                realms.ofPasswords().known(random).email(),
                                PasswordRealm.PASSWORD,
                                true)),
                new SoakDoor(
                        "password form, wrong password",
                        1,
                        random -> signIns.form(realms.passwords(), stubborn().email(), "wrong", false)),
                new SoakDoor(
                        "password grant",
                        3,
                        random -> signIns.password(
                                realms.passwords(),
                                realms.ofPasswords().known(random).email(),
                                PasswordRealm.PASSWORD,
                                true)),
                new SoakDoor(
                        "password grant, wrong password",
                        1,
                        random ->
                                signIns.password(realms.passwords(), stubborn().email(), "wrong", false)),
                new SoakDoor(
                        "password grant, unknown name",
                        1,
                        random -> signIns.password(realms.passwords(), unknown(), PasswordRealm.PASSWORD, false)),
                new SoakDoor(
                        "identity provider",
                        4,
                        random -> signIns.signIn(
                                exchange.visit(signIns.browser()),
                                linked(realms.ofExchange(), random),
                                exchange.realm())),
                new SoakDoor(
                        "identity provider, first sign-in",
                        1,
                        random -> signIns.signIn(
                                assertions.visit(signIns.browser()),
                                realms.ofAssertions().newcomer(),
                                assertions.realm())),
                new SoakDoor(
                        "identity provider, wrong proof",
                        1,
                        random -> signIns.wrongProof(
                                exchange.visit(signIns.browser()),
                                linked(realms.ofExchange(), random),
                                exchange.realm(),
                                random)),
                new SoakDoor(
                        "token exchange",
                        3,
                        random -> signIns.show(exchanging, linked(realms.ofExchange(), random), exchange.realm())),
                new SoakDoor(
                        "token exchange, first sign-in",
                        1,
                        random -> signIns.show(exchanging, realms.ofExchange().newcomer(), exchange.realm())),
                new SoakDoor(
                        "token exchange, wrong token",
                        1,
                        random -> signIns.wrongToken(
                                exchanging, linked(realms.ofExchange(), random), exchange.realm(), random)),
                new SoakDoor(
                        "JWT authorization grant",
                        3,
                        random -> signIns.show(asserting, linked(realms.ofAssertions(), random), assertions.realm())),
                new SoakDoor(
                        "JWT authorization grant, wrong token",
                        1,
                        random -> signIns.wrongToken(
                                asserting, linked(realms.ofAssertions(), random), assertions.realm(), random)),
                new SoakDoor("administrator's list", 2, random -> list("max=20&first=" + random.nextInt(200))),
                new SoakDoor("administrator's search", 1, random -> list("search=" + unknown())));
    }

    /** {@return what an administrator has done in the background} */
    List<SoakDoor> ofSyncs() {
        return realms.federated().keySet().stream()
                .flatMap(realm -> Stream.of(
                        new SoakDoor("full sync", 1, random -> sync(realm, "triggerFullSync")),
                        new SoakDoor("changed sync", 2, random -> sync(realm, "triggerChangedUsersSync"))))
                .toList();
    }

    /** {@return what happens at Gigya in the background} */
    List<SoakDoor> ofAccounts() {
        var federated = realms.proofs().realm();
        return List.of(
                new SoakDoor("change of an account", 12, random -> {
                    realms.ofProofs().change(realms.ofProofs().known(random));
                    realms.ofPasswords().change(realms.ofPasswords().known(random));
                    return SoakAnswer.RIGHT;
                }),
                new SoakDoor(
                        "account that goes or comes back",
                        2,
                        random -> signIns.wander(realms.ofProofs(), federated, random)));
    }

    /** {@return all of them} */
    List<SoakDoor> all() {
        return Stream.of(ofPeople(), ofSyncs(), ofAccounts())
                .flatMap(List::stream)
                .toList();
    }

    /** Forgets the sessions that were going to be refreshed. */
    void forgetSessions() {
        signIns.forgetSessions();
    }

    private String unknown() {
        return "nobody" + count.incrementAndGet() + "@example.com";
    }

    // Gigya locks an account after some wrong passwords; nobody else uses these.
    private SoakPeople.Person stubborn() {
        return realms.ofPasswords().stubborn();
    }

    // Of those who came first, before the soak: whoever came since may not have a link yet.
    private static SoakPeople.Person linked(SoakPeople people, Random random) {
        return people.known().get(random.nextInt(SoakRealms.BROKERED));
    }

    private SoakAnswer list(String query) {
        var realm = realms.proofs().realm();
        return SoakAnswer.ofAdmin(realm.admin().get("realms/" + realm.name() + "/users?" + query));
    }

    private static SoakAnswer sync(GigyaRealm realm, String action) {
        var answer = SoakRealms.sync(realm, action);
        var failed = answer.body().path("failed").asInt();
        return failed == 0
                ? SoakAnswer.ofAdmin(answer)
                : SoakAnswer.ofFailure(answer.status(), failed + " users failed: " + answer.body());
    }
}
