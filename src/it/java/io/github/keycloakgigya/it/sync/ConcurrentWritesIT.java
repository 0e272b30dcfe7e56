package io.github.keycloakgigya.it.sync;

import static io.github.keycloakgigya.it.sync.WritersAtOnce.assertIs;
import static io.github.keycloakgigya.it.sync.WritersAtOnce.change;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several requests write one user at the same moment: each value is there once. */
@OnlyInFullBuild
@ExtendWith(SharedServers.class)
public class ConcurrentWritesIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;

    public ConcurrentWritesIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @ParameterizedTest
    @CsvSource({"12, 3", "2, 12"})
    void sign_ins_of_one_person_at_once_leave_each_value_once(int rounds, int browsers) throws Exception {
        try (var realm = SyncedRealm.create(keycloak, simulator, WritersAtOnce.MAPPED)) {
            assertThat(writers(realm).signIns(rounds, browsers)).isZero();
        }
    }

    @Test
    void sign_ins_at_the_identity_provider_at_once_leave_each_value_once() throws Exception {
        try (var realm = BrokeredRealm.create(keycloak, simulator, Map.of("syncMode", "FORCE"))) {
            // Else Keycloak refuses to take one person in twice at one moment (DefaultBruteForceProtector of 26.7).
            new UserAdmin(realm.realm()).changeRealm("""
                    {"bruteForceProtected": false}""");
            realm.addMapper(
                    "gigya-attribute-mapper",
                    Map.of("syncMode", "FORCE", "field", "data.tier", "user.attribute", "tier"));
            realm.addMapper(
                    "gigya-attribute-mapper",
                    Map.of("syncMode", "FORCE", "field", "data.tags", "user.attribute", "tags"));

            assertThat(new WritersAtOnce(realm.realm(), number -> realm.visit()).signIns(12, 3))
                    .isZero();
        }
    }

    @Test
    void sign_ins_beside_a_changed_sync_leave_each_value_once() throws Exception {
        try (var realm = SyncedRealm.create(keycloak, simulator, WritersAtOnce.MAPPED)) {
            assertThat(writers(realm).besideChangedSync(realm, 6, 6)).isZero();
        }
    }

    @Test
    void values_that_were_doubled_before_are_there_once_after_the_next_sign_in_or_sync() {
        try (var realm = SyncedRealm.create(keycloak, simulator, WritersAtOnce.MAPPED)) {
            var accounts = realm.addAccounts(2);
            accounts.forEach(account -> change(account, 1));
            realm.full();
            for (var account : accounts) {
                doubled(realm, account);
            }

            realm.realm().signIn(accounts.get(0));
            assertIs(realm.realm().userOf(accounts.get(0)), 1);

            realm.full();
            assertIs(realm.realm().userOf(accounts.get(1)), 1);
        }
    }

    // As an earlier version did: the account's value, once more than the account has it.
    private static void doubled(SyncedRealm realm, Account account) {
        account.setData("tier", List.of("tier-1", "tier-1"));
        realm.realm().signIn(account);
        assertThat(realm.realm().userOf(account).at("/attributes/tier")).hasSize(2);
        account.setData("tier", "tier-1");
    }

    private static WritersAtOnce writers(SyncedRealm realm) {
        return new WritersAtOnce(realm.realm(), number -> realm.realm().visit());
    }
}
