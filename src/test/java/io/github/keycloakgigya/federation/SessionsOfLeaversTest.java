package io.github.keycloakgigya.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FederatedUser.MissingMark;
import io.github.keycloakgigya.federation.FoundProfile.SearchedAt;
import io.github.keycloakgigya.federation.SeenAccounts.SeenAccount;
import io.github.keycloakgigya.inmemory.InMemorySessions;
import io.github.keycloakgigya.inmemory.Shop;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.UserModel;
import org.mockito.ArgumentCaptor;
import org.mockito.Mockito;

/** What becomes of the sessions of those whose account Gigya says is gone or disabled. */
class SessionsOfLeaversTest {

    private static final String UID = "uid_ann";

    private Shop shop;

    @ParameterizedTest
    @CsvSource({"disable, deleted, 1", "delete, deleted, 1", "keep, deleted, 0"})
    void of_an_imported_user_whose_account_is_gone_the_policy_decides(String policy, String reason, int ended)
            throws Exception {
        var sessions = signedIn(Map.of("missingAccountPolicy", policy));

        shop.users().missing(new Uid(UID));
        shop.keycloak().commit();

        assertThat(sessions.open()).hasSize(1 - ended);
        assertThat(ended(reason)).isEqualTo(ended);
    }

    @Test
    void of_an_imported_user_whose_account_is_disabled_they_end_and_the_user_waits_for_the_account() throws Exception {
        var sessions = signedIn(Map.of());

        shop.users().inactive(new Uid(UID));
        shop.keycloak().commit();

        assertThat(sessions.open()).isEmpty();
        assertThat(ended("disabled")).isEqualTo(1);
        assertThat(MissingMark.isOn(shop.keycloak().user(new UserIds(Shop.FEDERATION).of(new Uid(UID)))))
                .isTrue();
    }

    @Test
    void whom_an_administrator_disabled_keeps_that_without_a_mark_and_loses_the_sessions() throws Exception {
        var sessions = signedIn(Map.of());
        var user = shop.keycloak().user(new UserIds(Shop.FEDERATION).of(new Uid(UID)));
        user.setEnabled(false);

        shop.users().inactive(new Uid(UID));

        assertThat(MissingMark.isOn(user)).isFalse();
        assertThat(sessions.open()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "delete"})
    void whom_an_administrator_disabled_is_not_removed_with_the_account(String policy) throws Exception {
        var sessions = signedIn(Map.of("missingAccountPolicy", policy));
        var user = shop.keycloak().user(new UserIds(Shop.FEDERATION).of(new Uid(UID)));
        user.setEnabled(false);

        shop.users().missing(new Uid(UID));

        assertThat(shop.keycloak().users().all()).containsExactly(user);
        assertThat(MissingMark.isOn(user)).isFalse();
        assertThat(sessions.open()).isEmpty();
    }

    @Test
    void a_search_from_before_does_not_bring_back_whom_gigya_has_just_disabled() throws Exception {
        signedIn(Map.of());
        var user = shop.keycloak().user(new UserIds(Shop.FEDERATION).of(new Uid(UID)));
        var before = Instant.now().minusSeconds(20);

        shop.users().inactive(new Uid(UID));

        assertThat(new SearchedAt(Optional.of(before.minusSeconds(600)), before).isOlderThan(user))
                .isTrue();
        var cameBack = Instant.now().plusSeconds(60);
        assertThat(new SearchedAt(Optional.of(cameBack), cameBack).isOlderThan(user))
                .isFalse();
    }

    @Test
    void a_look_up_whose_search_is_late_does_not_bring_back_whom_gigya_has_just_removed() throws Exception {
        signedIn(Map.of("missingAccountPolicy", "delete"));
        shop.gigya().account(UID).changedAt(Instant.now().minusSeconds(60));
        var late = SeenAccount.found(
                shop.gigya().search(null).accounts().get(0),
                Instant.now(),
                shop.users().settings());

        shop.users().missing(new Uid(UID));

        assertThat(shop.users().lookedUp(late)).isEmpty();
        assertThat(shop.keycloak().users().all()).isEmpty();
    }

    @Test
    void each_of_two_users_of_one_account_is_removed_and_the_store_is_told_of_each_key_once() throws Exception {
        signedIn(Map.of("missingAccountPolicy", "delete"));
        var follower = shop.keycloak().addUser("follower", "old-ann");
        follower.setFederationLink(Shop.FEDERATION);
        follower.setSingleAttribute(FederatedUser.UID, UID);

        shop.users().missing(new Uid(UID));

        assertThat(shop.keycloak().users().all()).isEmpty();
        var keys = ArgumentCaptor.forClass(String.class);
        Mockito.verify(shop.session().getProvider(SingleUseObjectProvider.class), Mockito.atLeastOnce())
                .put(keys.capture(), Mockito.anyLong(), Mockito.anyMap());
        assertThat(keys.getAllValues()).doesNotHaveDuplicates().noneMatch(key -> key.contains("ann"));
    }

    @Test
    void each_of_two_users_of_one_account_is_disabled() throws Exception {
        signedIn(Map.of());
        var follower = shop.keycloak().addUser("follower", "old-ann");
        follower.setFederationLink(Shop.FEDERATION);
        follower.setSingleAttribute(FederatedUser.UID, UID);

        shop.users().inactive(new Uid(UID));

        assertThat(shop.keycloak().users().all()).noneMatch(UserModel::isEnabled);
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ACCOUNT_NOT_FOUND", "ACCOUNT_DISABLED"})
    void no_other_answer_of_gigya_ends_anything(FailureKind kind) throws Exception {
        var sessions = signedIn(Map.of());

        shop.users().told(new Uid(UID), GigyaException.answered(kind, "no", 500001, null));

        assertThat(sessions.open()).hasSize(1);
        assertThat(shop.keycloak()
                        .user(new UserIds(Shop.FEDERATION).of(new Uid(UID)))
                        .isEnabled())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "delete"})
    void of_a_user_who_is_not_imported_they_end_without_a_call_to_gigya(String policy) throws Exception {
        var sessions = remote(Map.of("missingAccountPolicy", policy));
        var calls = shop.gigya().calls().size();

        shop.users().missing(new Uid(UID));
        shop.keycloak().commit();

        assertThat(sessions.open()).isEmpty();
        assertThat(ended("deleted")).isEqualTo(1);
        assertThat(shop.gigya().calls()).hasSize(calls);
        assertThat(shop.keycloak().adminEvents())
                .allSatisfy(event -> assertThat(event.getResourcePath()).doesNotContain("uid"));
    }

    @Test
    void of_a_user_who_is_not_imported_they_end_with_the_account_that_is_disabled() throws Exception {
        var sessions = remote(Map.of());

        shop.users().inactive(new Uid(UID));
        shop.keycloak().commit();

        assertThat(sessions.open()).isEmpty();
        assertThat(ended("disabled")).isEqualTo(1);
    }

    private double ended(String reason) {
        return shop.counted("keycloak.gigya.ended.sessions", "reason", reason);
    }

    private InMemorySessions signedIn(Map<String, String> settings) {
        shop = Shop.federated(settings);
        var user = shop.keycloak().addUser(new UserIds(Shop.FEDERATION).of(new Uid(UID)), "ann");
        user.setFederationLink(Shop.FEDERATION);
        user.setSingleAttribute(FederatedUser.UID, UID);
        return begun(user);
    }

    private InMemorySessions remote(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("importEnabled", "false");
        shop = Shop.federated(all);
        var user = Mockito.mock(UserModel.class);
        Mockito.when(user.getId())
                .thenReturn(new UserIds(Shop.FEDERATION).ofRemote(new Uid(UID)).orElseThrow());
        return begun(user);
    }

    private InMemorySessions begun(UserModel user) {
        var sessions = shop.keycloak().userSessions();
        sessions.begin(user, false, 1);
        return sessions;
    }
}
