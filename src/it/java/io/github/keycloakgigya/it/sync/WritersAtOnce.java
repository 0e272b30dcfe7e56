package io.github.keycloakgigya.it.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.AtOnce;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.it.realm.Visitor;
import io.github.keycloakgigya.simulator.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Requests that write one user at the same moment. After each round, each value must be there once. */
public final class WritersAtOnce {

    /** Settings of a federation whose accounts are changed here. */
    public static final Map<String, String> MAPPED = Map.of("fieldMappings", """
            [{"key":"profile.firstName","value":"firstName"},{"key":"profile.lastName","value":"lastName"},
             {"key":"profile.email","value":"email"},{"key":"data.tier","value":"tier"},{"key":"data.tags","value":"tags"}]""");

    private final GigyaRealm realm;
    private final Function<Integer, Visitor> visit;

    /** @param visit opens the page in a new browser, at a node that may depend on the number */
    public WritersAtOnce(GigyaRealm realm, Function<Integer, Visitor> visit) {
        this.realm = realm;
        this.visit = visit;
    }

    /**
     * {@return how many sign-ins were refused} One person signs in in several browsers at once, the account having changed
     * before.
     */
    public int signIns(int rounds, int browsers) throws Exception {
        var account = realm.site().add(BrokeredRealm.person("known" + browsers));
        var known = visit.apply(0).signIn(account).subject();
        int refused = 0;
        for (int round = 0; round < rounds; round++) {
            change(account, round);
            var visitors = IntStream.range(0, browsers).mapToObj(visit::apply).toList();

            var subjects = AtOnce.run(visitors.stream()
                    .map(visitor -> (Callable<Optional<String>>) () -> subject(visitor, account))
                    .toList());

            assertThat(subjects.stream().flatMap(Optional::stream)).isNotEmpty().containsOnly(known);
            assertIs(realm.userOf(account), round);
            refused += (int) subjects.stream().filter(Optional::isEmpty).count();
        }
        return refused;
    }

    // A busy machine may take longer than a person is made to wait.
    private static Optional<String> subject(Visitor visitor, Account account) {
        try {
            return Optional.of(visitor.signIn(account).subject());
        } catch (AssertionError refused) {
            return Optional.empty();
        }
    }

    /** {@return how many sign-ins were refused} Several people sign in while a changed sync writes the same changes. */
    public int besideChangedSync(SyncedRealm synced, int rounds, int people) throws Exception {
        var accounts = synced.addAccounts(people);
        synced.full();
        int refused = 0;
        for (int round = 0; round < rounds; round++) {
            for (var account : accounts) {
                change(account, round);
            }
            var work = new ArrayList<Callable<Optional<?>>>();
            work.add(() -> Optional.of(synced.changed()));
            for (var account : accounts) {
                var visitor = visit.apply(work.size());
                work.add(() -> subject(visitor, account));
            }

            var done = AtOnce.run(work);

            for (var account : accounts) {
                assertIs(realm.userOf(account), round);
            }
            refused += (int) done.stream().filter(Optional::isEmpty).count();
        }
        return refused;
    }

    public static void change(Account account, int round) {
        account.setData("tier", "tier-" + round);
        account.setData("tags", List.of("a-" + round, "b-" + round));
        account.setProfile("firstName", "Maria" + round);
    }

    static void assertIs(JsonNode user, int round) {
        assertThat(user.at("/attributes/tier")).extracting(JsonNode::asText).containsExactly("tier-" + round);
        assertThat(user.at("/attributes/tags"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("a-" + round, "b-" + round);
    }
}
