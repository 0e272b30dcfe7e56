package io.github.keycloakgigya.it.soak;

import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.Database;
import io.github.keycloakgigya.soak.Finding;
import io.github.keycloakgigya.soak.Promise;
import io.github.keycloakgigya.soak.Recording;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Looks into the database of a soak, past Keycloak. One thread at a time may. */
final class SoakWatch implements AutoCloseable {

    private static final String OF_REALM = " u.realm_id = (select id from realm where name = '%s')";

    private static final String UIDS = """
            select distinct g.value from user_attribute g join user_entity u on u.id = g.user_id
            where g.name = 'gigya.uid' and""" + OF_REALM;

    // Which people a value belongs to is of no use to who reads the page.
    private static final String DOUBLED =
            """
            select u.id || ' has ' || a.name || ' twice' from user_attribute a join user_entity u on u.id = a.user_id
            where""" + OF_REALM + " group by u.id, a.name, a.value, a.long_value having count(*) > 1";

    private static final String USERS = """
            select g.value || '|' || coalesce(u.first_name, '') || '|'
              || coalesce((select string_agg(a.value, ',' order by a.value)
                           from user_attribute a where a.user_id = u.id and a.name = 'tier'), '') || '|'
              || coalesce((select string_agg(a.value, ',' order by a.value)
                           from user_attribute a where a.user_id = u.id and a.name = 'tags'), '')
            from user_entity u join user_attribute g on g.user_id = u.id and g.name = 'gigya.uid'
            where u.enabled and""" + OF_REALM;

    private static final String LINKED = """
            select f.federated_user_id from user_entity u join federated_identity f on f.user_id = u.id
            where u.enabled and""" + OF_REALM;

    private static final String UNLINKED = """
            select u.created_timestamp || '|' || u.id from user_entity u
            where u.service_account_client_link is null and not exists (
              select 1 from federated_identity f where f.user_id = u.id) and""" + OF_REALM;

    private static final Duration FIRST_LOGIN = Duration.ofSeconds(2);

    private final Database database;
    private final Recording recording;
    private final Map<GigyaRealm, SoakPeople> federated;
    private final List<GigyaRealm> brokered;
    private final Set<String> seen = new HashSet<>();

    SoakWatch(Database database, Recording recording, SoakRealms realms) {
        this.database = database.again();
        this.recording = recording;
        this.federated = realms.federated();
        this.brokered = realms.brokered();
    }

    /** Takes down what must not be at any time. */
    void look() {
        for (var realm : federated.entrySet()) {
            lookForLost(realm.getKey(), realm.getValue());
            lookForDoubled(realm.getKey());
        }
        brokered.forEach(this::lookForDoubled);
    }

    private void lookForDoubled(GigyaRealm realm) {
        rows(DOUBLED, realm).forEach(doubled -> found(Promise.NO_VALUE_DOUBLED, "user " + doubled));
    }

    private void lookForLost(GigyaRealm realm, SoakPeople people) {
        var there = Set.copyOf(rows(UIDS, realm));
        var enabled = Set.copyOf(rows(UIDS + " and u.enabled", realm));
        for (var uid : seen) {
            if (people.has(uid) && !people.wasEverAway(uid) && !enabled.contains(uid)) {
                found(
                        Promise.NOBODY_LOST,
                        "the user of account " + uid + (there.contains(uid) ? " is disabled" : " is removed"));
            }
        }
        seen.addAll(there);
    }

    /** Takes down what must not be after the last sync. */
    void lookAtTheEnd() {
        look();
        for (var realm : federated.entrySet()) {
            compare(realm.getValue().expected(), rows(USERS, realm.getKey()), "a federation");
        }
        for (var realm : brokered) {
            var links = rows(LINKED, realm);
            var strangers = new TreeSet<>(links);
            strangers.removeAll(realm.simulator().uidsEver());
            strangers.forEach(uid -> found(Promise.USERS_EQUAL_ACCOUNTS, "a link to no account: " + uid));
            if (links.size() != new HashSet<>(links).size()) {
                found(Promise.USERS_EQUAL_ACCOUNTS, "an account has two users");
            }
            rows(UNLINKED, realm).stream()
                    .filter(user ->
                            !brokenOff(Instant.ofEpochMilli(Long.parseLong(user.substring(0, user.indexOf('|'))))))
                    .forEach(user -> found(Promise.USERS_EQUAL_ACCOUNTS, "a user without an account: " + user));
        }
    }

    // Keycloak creates a user of an identity provider in one request and links it in the next (IdentityBrokerService).
    private boolean brokenOff(Instant created) {
        return recording.bands().stream()
                .filter(band -> band.fault().equals(SoakFault.KILLED_NODE.title()))
                .anyMatch(kill -> created.isAfter(kill.begin().minus(FIRST_LOGIN))
                        && created.isBefore(kill.over().plus(FIRST_LOGIN)));
    }

    private void compare(Set<String> accounts, List<String> users, String where) {
        var missing = new TreeSet<>(accounts);
        users.forEach(missing::remove);
        missing.forEach(account ->
                found(Promise.USERS_EQUAL_ACCOUNTS, "no user of " + where + " is as the account: " + account));
        var more = new TreeSet<>(users);
        more.removeAll(accounts);
        more.forEach(
                user -> found(Promise.USERS_EQUAL_ACCOUNTS, "no account is as the user of " + where + ": " + user));
        if (users.size() != new HashSet<>(users).size()) {
            found(Promise.USERS_EQUAL_ACCOUNTS, "an account has two users of " + where);
        }
    }

    private List<String> rows(String query, GigyaRealm realm) {
        return database.texts(query.formatted(realm.name()));
    }

    private void found(Promise promise, String what) {
        recording.add(new Finding(promise, Instant.now(), what));
    }

    @Override
    public void close() {
        database.close();
    }
}
