package io.github.keycloakgigya.it.operations;

import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.it.realm.Hook;
import io.github.keycloakgigya.it.realm.HookedRealm;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;
import java.time.Instant;

/** What happens at a site of which a hook tells, round after round: people come, change, are disabled, deleted, merged. */
final class HookTraffic {

    private static final Duration ROUND = Duration.ofSeconds(1);

    private final HookedRealm hooked;
    private final GigyaSimulator simulator;
    private final Account regular;

    HookTraffic(HookedRealm hooked, GigyaSimulator simulator) {
        this.hooked = hooked;
        this.simulator = simulator;
        this.regular = signedIn();
    }

    /** Goes on for so long; for a while in the middle, Gigya can't be asked, and nobody signs in. */
    void go(Duration length) {
        var begin = Instant.now();
        var rounds = (int) (length.toMillis() / ROUND.toMillis());
        for (int round = 0; round < rounds; round++) {
            var next = begin.plus(ROUND.multipliedBy(round));
            await().atMost(length.plusSeconds(1)).until(() -> !Instant.now().isBefore(next));
            if (round == rounds * 2 / 5) {
                simulator.faults().on("accounts.getAccountInfo", Fault.httpStatus(500));
            } else if (round == rounds / 2) {
                simulator.faults().clear();
            }
            regular.setProfile("firstName", "Round " + round);
            if (round < rounds * 2 / 5 || round >= rounds / 2) {
                somebodyLeaves(round);
            }
        }
    }

    private void somebodyLeaves(int round) {
        var site = hooked.realm().site();
        switch (round % 6) {
            case 0 -> signedIn().setActive(false);
            case 2 -> site.delete(signedIn());
            case 4 -> site.merge(signedIn(), regular);
            default -> {
                var hook = Hook.of(hooked.realm());
                hook.send(hook.message().event("accountDeleted", regular.uid()).unsigned());
            }
        }
    }

    private Account signedIn() {
        var account = AtWatchedServer.account(hooked.realm());
        hooked.realm().signIn(account);
        return account;
    }
}
