package io.github.keycloakgigya.it.realm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.Keycloak;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.SqlStatement;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A realm whose federation reads ten accounts at once, and what the buttons of that federation do. */
public final class SyncedRealm implements AutoCloseable {

    public static final int PAGE = 10;

    private final GigyaRealm realm;
    private int accounts;

    private SyncedRealm(GigyaRealm realm) {
        this.realm = realm;
    }

    public static SyncedRealm create(Keycloak keycloak, GigyaSimulator simulator, Map<String, String> federation) {
        var settings = new HashMap<>(Map.of("searchPageSize", Integer.toString(PAGE)));
        settings.putAll(federation);
        return new SyncedRealm(GigyaRealm.create(keycloak, simulator, settings, Map.of()));
    }

    /** {@return this realm at another node} */
    public SyncedRealm at(KeycloakServer node) {
        return new SyncedRealm(realm.at(node));
    }

    public GigyaRealm realm() {
        return realm;
    }

    /** {@return the statements that read users with their attributes while this works} */
    public List<SqlStatement> readsOfUsersDuring(Runnable work, KeycloakServer keycloak) {
        return keycloak.sql().statementsDuring(work::run).stream()
                .filter(statement -> statement.kind() == SqlStatement.Kind.SELECT
                        && statement.tables().contains("USER_ATTRIBUTE"))
                .toList();
    }

    /** Adds accounts, the ones before older than the ones behind. */
    public List<Account> addAccounts(int count) {
        var added = new ArrayList<Account>();
        for (int i = 0; i < count; i++) {
            accounts++;
            added.add(realm.site()
                    .add(Account.builder()
                            .verifiedEmail("sync" + accounts + "@example.com")
                            .profile("firstName", "First" + accounts)
                            .lastUpdated(Instant.now().minusSeconds(30).plusMillis(accounts))));
        }
        return added;
    }

    public SyncOutcome full() {
        return sync("triggerFullSync");
    }

    public SyncOutcome changed() {
        return sync("triggerChangedUsersSync");
    }

    private SyncOutcome sync(String action) {
        var answer = realm.admin()
                .post(path("user-storage/" + realm.componentId() + "/sync?action=" + action), Json.parse("{}"))
                .succeeded();
        return SyncOutcome.of(answer.body());
    }

    public void removeImportedUsers() {
        realm.admin()
                .post(path("user-storage/" + realm.componentId() + "/remove-imported-users"), Json.parse("{}"))
                .succeeded();
    }

    public JsonNode preview() {
        var request = Json.parse("{\"componentId\": \"" + realm.componentId() + "\"}");
        return realm.admin()
                .post(path("gigya/sync-preview"), request)
                .succeeded()
                .body();
    }

    /** {@return the users of the federation by their UID; fails where two have the same} */
    public Map<String, JsonNode> users() {
        return realm.users().stream()
                .filter(user -> user.path("federationLink").asText().equals(realm.componentId()))
                .collect(Collectors.toMap(
                        user -> user.at("/attributes/gigya.uid/0").asText(), user -> user));
    }

    public JsonNode userOf(Account account) {
        return users().get(account.uid());
    }

    public String path(String below) {
        return "realms/" + realm.name() + "/" + below;
    }

    @Override
    public void close() {
        realm.close();
    }
}
