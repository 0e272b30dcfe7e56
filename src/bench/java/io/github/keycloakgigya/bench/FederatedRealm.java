package io.github.keycloakgigya.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.LiveHeap;
import io.github.keycloakgigya.it.PostgresServer;
import io.github.keycloakgigya.server.AdminClient;
import io.github.keycloakgigya.server.Database;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.ServerFailureException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A freshly started Keycloak with an empty database, and a realm that has nothing but one user federation. */
final class FederatedRealm implements AutoCloseable {

    static final String REALM = "bench";
    private static final Duration LONGEST_SYNC = Duration.ofHours(1);

    private final UserSource source;
    private final FreshKeycloak keycloak;
    private final AdminClient admin;
    private final String componentId;

    private FederatedRealm(UserSource source, FreshKeycloak keycloak, ObjectNode realm) {
        this.source = source;
        this.keycloak = keycloak;
        this.admin = new AdminClient(keycloak.server().address(), LONGEST_SYNC);
        admin.createRealm(realm);
        this.componentId = admin.createComponent(REALM, source.component());
    }

    /** @param databaseName no database has this name yet */
    static FederatedRealm start(
            KeycloakDistribution distribution, PostgresServer postgres, UserSource source, String databaseName) {
        var realm = (ObjectNode) Json.parse("{\"realm\": \"" + REALM + "\", \"enabled\": true}");
        return new FederatedRealm(
                source, FreshKeycloak.start(distribution, postgres, databaseName, source::reachedBy), realm);
    }

    /** {@return the same with a client and the step "Gigya login"} A request may take an hour. */
    static FederatedRealm startForSignIns(
            KeycloakDistribution distribution, PostgresServer postgres, GigyaSite gigya, String databaseName) {
        var realm = AuthenticatorDoor.withStep(SignInSuite.realm(REALM));
        return new FederatedRealm(
                gigya,
                FreshKeycloak.start(
                        distribution,
                        postgres,
                        databaseName,
                        settings -> gigya.reachedBy(settings).withOption("--transaction-default-timeout=1h")),
                realm);
    }

    UserSource source() {
        return source;
    }

    Database database() {
        return keycloak.database();
    }

    /** {@return how many users the realm has in Keycloak's own storage} */
    long storedUsers() {
        return database().number("select count(*) from user_entity where federation_link = '" + componentId + "'");
    }

    /**
     * Runs a full sync, as the admin console's button does.
     *
     * @throws ServerFailureException where it did not do all that it had to
     */
    SyncRun fullSync() {
        var start = System.nanoTime();
        var result = post("user-storage/" + componentId + "/sync?action=triggerFullSync");
        var time = Duration.ofNanos(System.nanoTime() - start);
        if (storedUsers() != source.people() || result.path("failed").asInt() > 0) {
            throw new ServerFailureException(
                    "The full sync left " + storedUsers() + " of " + source.people() + " users and answered " + result
                            + "; see " + keycloak.server().log().file());
        }
        return new SyncRun(source.people(), time);
    }

    /** Removes all that a sync wrote, so that the tables are as they were before it. */
    void removeUsers() {
        var tables = List.of("user_role_mapping", "user_attribute", "user_entity");
        var users = "(select id from user_entity where federation_link = '" + componentId + "')";
        for (var table : tables) {
            database()
                    .execute("delete from " + table + " where " + (table.equals("user_entity") ? "id" : "user_id")
                            + " in " + users);
        }
        tables.forEach(table -> database().execute("vacuum full analyze " + table));
        forgetUsers();
    }

    /** Empties Keycloak's cache of users. */
    void forgetUsers() {
        post("clear-user-cache");
    }

    /** {@return the realm's first users, with their attributes} */
    JsonNode firstUsers(int most) {
        return users("first=0&max=" + most);
    }

    /** {@return the bytes of live objects in Keycloak's heap, after a full collection} */
    long liveHeap() {
        return LiveHeap.of(keycloak.server().processId());
    }

    /** {@return the users that a query of the admin API finds} */
    JsonNode users(String query) {
        return admin.get("realms/" + REALM + "/users?" + query).succeeded().body();
    }

    /** {@return how many users the admin API counts} */
    int count() {
        return admin.get("realms/" + REALM + "/users/count").succeeded().body().asInt();
    }

    /** {@return how many users a full sync removes or disables that does so where the account is gone} */
    int removingSync() {
        var component = (ObjectNode) admin.get("realms/" + REALM + "/components/" + componentId)
                .succeeded()
                .body();
        UserSource.set(component, "syncRemovesMissing", "true");
        admin.updateComponent(REALM, componentId, component);
        return post("user-storage/" + componentId + "/sync?action=triggerFullSync")
                .path("removed")
                .asInt();
    }

    /** {@return what a transfer of the accounts of a file answers} */
    JsonNode transfer(String lines) {
        return admin.postFile(
                        "realms/" + REALM + "/gigya/leaving/" + componentId + "/start", "application/x-ndjson", lines)
                .succeeded()
                .body();
    }

    /** {@return how many users left, all of whom are to} */
    long release() {
        return admin.post(
                        "realms/" + REALM + "/gigya/leaving/" + componentId + "/release", Json.parse("{\"all\": true}"))
                .succeeded()
                .body()
                .path("released")
                .asLong();
    }

    /** Has the client be told of sessions that end, at this address. */
    void tell(String address) {
        var clients = "realms/" + REALM + "/clients";
        var client = (ObjectNode) admin.get(clients + "?clientId=" + SignInSuite.CLIENT)
                .succeeded()
                .body()
                .get(0);
        client.put("frontchannelLogout", false);
        client.withObject("/attributes").put("backchannel.logout.url", address);
        admin.put(clients + "/" + client.path("id").asText(), client).succeeded();
    }

    /** {@return where Keycloak answers} */
    URI address() {
        return keycloak.server().address();
    }

    /** {@return the process of Keycloak} */
    long processId() {
        return keycloak.server().processId();
    }

    private JsonNode post(String path) {
        return admin.post("realms/" + REALM + "/" + path, MissingNode.getInstance())
                .succeeded()
                .body();
    }

    @Override
    public void close() {
        keycloak.close();
    }
}
