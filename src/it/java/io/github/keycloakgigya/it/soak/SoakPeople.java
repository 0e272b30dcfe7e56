package io.github.keycloakgigya.it.soak;

import io.github.keycloakgigya.it.realm.PasswordRealm;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.AccountBuilder;
import io.github.keycloakgigya.simulator.Site;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The accounts of one site in a soak: those that always stay, and a few that vanish and come back. Thread-safe. */
final class SoakPeople {

    private static final int WANDERERS = 6;

    /** Somebody who has an account, at the moment or again later. */
    static final class Person {

        private final String email;
        private volatile Account account;
        private volatile boolean away;
        private volatile boolean settled = true;
        private volatile int version;

        private Person(String email) {
            this.email = email;
        }

        String email() {
            return email;
        }

        Account account() {
            return account;
        }

        String uid() {
            return account.uid();
        }

        /** {@return whether the account never went so far} */
        boolean isSettled() {
            return settled;
        }

        boolean isAway() {
            return away;
        }
    }

    private final Site site;
    private final List<Person> known = new CopyOnWriteArrayList<>();
    private final List<Person> wanderers = new CopyOnWriteArrayList<>();
    private final Person stubborn;
    private final Set<String> everAway = ConcurrentHashMap.newKeySet();
    private final Set<String> uids = ConcurrentHashMap.newKeySet();
    private final AtomicInteger newcomers = new AtomicInteger();

    /** @param count of those that stay */
    SoakPeople(Site site, int count) {
        this.site = site;
        IntStream.range(0, count).forEach(number -> known.add(add("known" + number)));
        stubborn = add("stubborn");
        IntStream.range(0, WANDERERS).forEach(number -> wanderers.add(add("wanderer" + number)));
    }

    private Person add(String name) {
        var person = new Person(name + "@example.com");
        person.account = site.add(builder(person));
        uids.add(person.uid());
        return person;
    }

    private static AccountBuilder builder(Person person) {
        return Account.builder()
                .verifiedEmail(person.email)
                .password(PasswordRealm.PASSWORD)
                .profile("firstName", firstName(person.version))
                .profile("lastName", "Example")
                .data("tier", tier(person.version))
                .data("tags", tags(person.version));
    }

    private static String firstName(int version) {
        return "Maria" + version;
    }

    private static String tier(int version) {
        return "tier" + version;
    }

    private static List<String> tags(int version) {
        return List.of("a" + version, "b" + version);
    }

    Site site() {
        return site;
    }

    /** {@return somebody whose account always stays} */
    Person known(Random random) {
        return known.get(random.nextInt(known.size()));
    }

    /** {@return everybody whose account always stays} */
    List<Person> known() {
        return known;
    }

    /** {@return somebody who does not know the password, and whom Gigya may lock out} */
    Person stubborn() {
        return stubborn;
    }

    /** {@return somebody who has just registered} The account stays. */
    Person newcomer() {
        var person = add("newcomer" + newcomers.incrementAndGet());
        known.add(person);
        return person;
    }

    /** {@return somebody whose account comes and goes; one thread at a time may ask} */
    Person wanderer(Random random) {
        return wanderers.get(random.nextInt(wanderers.size()));
    }

    /** Changes each mapped field of an account. */
    void change(Person person) {
        int version = person.version + 1;
        person.version = version;
        person.account.setProfile("firstName", firstName(version));
        person.account.setData("tier", tier(version));
        person.account.setData("tags", tags(version));
    }

    void leave(Person person) {
        everAway.add(person.uid());
        person.away = true;
        person.settled = false;
        site.delete(person.account);
    }

    void comeBack(Person person) {
        person.account = site.add(builder(person).uid(person.uid()));
        person.away = false;
    }

    /** {@return whether the site has, or had, an account with this UID} */
    boolean has(String uid) {
        return uids.contains(uid);
    }

    /** {@return whether there was a time in which the account was proven not to exist} */
    boolean wasEverAway(String uid) {
        return everAway.contains(uid);
    }

    /** {@return a line for each account that is there, as {@link SoakWatch} reads it of the users} */
    Set<String> expected() {
        return Stream.of(known, wanderers, List.of(stubborn))
                .flatMap(List::stream)
                .filter(person -> !person.away)
                .map(person -> String.join(
                        "|",
                        person.uid(),
                        firstName(person.version),
                        tier(person.version),
                        String.join(",", tags(person.version))))
                .collect(Collectors.toSet());
    }
}
