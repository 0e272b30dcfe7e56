package io.github.keycloakgigya.it.leaving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.it.sync.BulkClient;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Syncs about users who have left, in both ways of writing many users. */
@ExtendWith(SharedServers.class)
class ReleasedSyncIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;

    ReleasedSyncIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @Test
    void neither_a_full_nor_a_changed_sync_touches_who_has_left_and_both_count_that_as_no_failure() {
        try (var synced = SyncedRealm.create(
                keycloak, simulator, Map.of("passwordCheck", "localFirst", "syncRemovesMissing", "true"))) {
            var accounts = synced.addAccounts(5);
            synced.full();
            var leaving = new LeavingRealm(synced.realm(), new UserAdmin(synced.realm()));
            var gone = leave(leaving, accounts.get(0));
            var changed = leave(leaving, accounts.get(1));
            var disabled = leave(leaving, accounts.get(2));
            synced.realm().site().delete(accounts.get(0));
            accounts.get(1).setProfile("firstName", "Changed");
            accounts.get(1).setProfile("email", "changed@example.com");
            accounts.get(2).setActive(false);

            var foreseen = synced.preview();
            var full = synced.full();
            var later = synced.changed();

            assertThat(foreseen.path("released").asInt()).isEqualTo(2);
            assertThat(foreseen.path("failed").asInt()).isZero();
            assertThat(foreseen.path("missing")).isEmpty();
            for (var outcome : List.of(full, later)) {
                assertThat(outcome.failed()).isZero();
                assertThat(outcome.added() + outcome.updated() + outcome.removed())
                        .isZero();
            }
            assertThat(full.status()).contains("2 released users left alone");
            for (var id : List.of(gone, changed, disabled)) {
                var user = leaving.users().byId(id);
                assertThat(user.has("federationLink")).isFalse();
                assertThat(user.path("enabled").asBoolean()).isTrue();
                assertThat(user.path("firstName").asText()).startsWith("First");
            }
            assertThat(synced.realm().users()).hasSize(5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"entities", "model"})
    void whichever_way_is_taken_imported_and_linked_users_who_have_left_are_told_from_those_who_say_so(String way) {
        try (var leaving = LeavingRealm.create(
                keycloak,
                simulator,
                Map.of("existingUserPolicy", "linkVerifiedEmail", "passwordCheck", "localFirst"))) {
            var bulk = new BulkClient(leaving.realm(), way);
            var linked = leaving.users().addLocal("linked", "linked@example.com", true);
            write(bulk, "write", "uid_imported", "uid_linked");
            var imported = idOf(leaving, "uid_imported");
            leaving.keepPassword(imported);
            assertThat(idOf(leaving, "uid_linked")).isEqualTo(linked);
            leaving.release(imported, linked);
            var liar = leaving.users().addLocal("liar", "liar@example.com", true);
            leaving.users().change(liar, user -> {
                user.withObject("/attributes").putArray("gigya.uid").add("uid_stranger");
                user.withObject("/attributes")
                        .putArray("gigya.released")
                        .add(leaving.realm().componentId());
            });

            for (var operation : List.of("preview", "write")) {
                var result = write(bulk, operation, "uid_imported", "uid_linked", "uid_stranger");

                assertThat(result.path("released").asInt()).as(operation).isEqualTo(2);
                assertThat(result.path("added").asInt()).as(operation).isEqualTo(1);
                assertThat(result.path("failed")).as(operation).isEmpty();
            }
            for (var id : List.of(imported, linked, liar)) {
                assertThat(leaving.users().byId(id).has("federationLink")).isFalse();
            }
        }
    }

    private static JsonNode write(BulkClient bulk, String operation, String... uids) {
        var accounts = JsonNodeFactory.instance.arrayNode();
        for (var uid : uids) {
            accounts.add(BulkClient.account(uid, uid.substring("uid_".length()) + "@example.com"));
        }
        return bulk.post(operation, accounts);
    }

    private static String idOf(LeavingRealm leaving, String uid) {
        return leaving.realm().users().stream()
                .filter(user -> user.at("/attributes/gigya.uid/0").asText().equals(uid))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
    }

    private static String leave(LeavingRealm leaving, Account account) {
        var id = leaving.idOf(account);
        leaving.keepPassword(id);
        leaving.release(id);
        return id;
    }
}
