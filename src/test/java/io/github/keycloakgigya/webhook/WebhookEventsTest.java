package io.github.keycloakgigya.webhook;

import static io.github.keycloakgigya.webhook.Messages.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.failure.LogLines;
import io.github.keycloakgigya.federation.ReleaseMark;
import io.github.keycloakgigya.federation.Twins;
import io.github.keycloakgigya.federation.UserIds;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.token.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.common.util.Time;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.UserModel;
import org.keycloak.storage.UserStorageUtil;

/** What follows from an event: what Gigya says of the account when it is asked, whatever the event says. */
class WebhookEventsTest {

    private HookedShop hooked = new HookedShop(Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "accountUpdated",
                "accountRegistered",
                "accountCreated",
                "accountProgressed",
                "subscriptionUpdated",
                "consentUpdated",
                "accountDeleted",
                "accountUidChanged",
                "accountMerged"
            })
    void an_account_that_is_there_has_its_user_brought_up_to_date(String type) throws Exception {
        var id = admit("uid_ann").getId();
        hooked.gigya().account("uid_ann").with("profile.firstName", "Anna");

        assertThat(hooked.send(event(type, "uid_ann"))).isEqualTo(204);

        assertThat(user(id).getFirstName()).isEqualTo("Anna");
        assertThat(user(id).isEnabled()).isTrue();
        assertThat(hooked.gigya().calls()).containsExactly("getAccountInfo", "getJwt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"accountLoggedIn", "accountLockedOut", "organizationDeleted", ""})
    void of_other_events_nothing_follows(String type) throws Exception {
        admit("uid_ann");

        assertThat(hooked.send(event(type, "uid_ann"))).isEqualTo(204);
        assertThat(hooked.gigya().calls()).isEmpty();
    }

    @Test
    void an_event_that_names_no_account_is_passed_over() {
        assertThat(hooked.send("{\"type\":\"accountUpdated\",\"id\":\"1\"}", "{}", event("accountUpdated", "a\\nb")))
                .isEqualTo(204);
        assertThat(hooked.gigya().calls()).isEmpty();
    }

    @Test
    void an_unknown_account_is_not_even_read() {
        hooked.gigya().account("uid_ann");

        assertThat(hooked.send(event("accountCreated", "uid_ann"))).isEqualTo(204);
        assertThat(hooked.gigya().calls()).isEmpty();
        assertThat(users()).isEmpty();
    }

    @Test
    void an_unknown_account_is_imported_where_the_setting_says_so_and_its_registration_is_finished() {
        hooked = new HookedShop(Map.of("webhookImports", "true"));
        hooked.gigya().account("uid_ann");
        hooked.gigya().account("uid_ben").unfinished();
        hooked.gigya().account("uid_eve").inactive();

        assertThat(hooked.send(
                        event("accountCreated", "uid_ann"),
                        event("accountCreated", "uid_ben"),
                        event("accountCreated", "uid_eve"),
                        event("accountCreated", "uid_joe")))
                .isEqualTo(204);
        assertThat(users())
                .extracting(user -> user.getFirstAttribute("gigya.uid"))
                .containsExactly("uid_ann");
    }

    @Test
    void of_an_event_about_who_has_left_nothing_follows_and_nothing_is_read() throws Exception {
        hooked = new HookedShop(Map.of("webhookImports", "true"));
        var id = admit("uid_ann").getId();
        new ReleaseMark(hooked.shop().session(), hooked.shop().realm(), Shop.FEDERATION).put(user(id));
        var writes = user(id).writes();

        assertThat(hooked.send(event("accountUpdated", "uid_ann"), event("accountDeleted", "uid_ann")))
                .isEqualTo(204);

        assertThat(hooked.gigya().calls()).isEmpty();
        assertThat(user(id).writes()).isEqualTo(writes);
        assertThat(users()).hasSize(1);
    }

    @Test
    void a_disabled_account_has_its_user_disabled_until_gigya_says_otherwise() throws Exception {
        var id = admit("uid_ann").getId();
        hooked.gigya().account("uid_ann").inactive();
        assertThat(hooked.send(event("accountUpdated", "uid_ann"))).isEqualTo(204);
        assertThat(user(id).isEnabled()).isFalse();

        hooked.gigya().delete("uid_ann");
        hooked.gigya().account("uid_ann");
        assertThat(hooked.send(event("accountRegistered", "uid_ann"))).isEqualTo(204);
        assertThat(user(id).isEnabled()).isTrue();
    }

    @Test
    void a_user_whom_an_administrator_disabled_stays_so() throws Exception {
        var id = admit("uid_ann").getId();
        user(id).setEnabled(false);

        hooked.send(event("accountUpdated", "uid_ann"));

        assertThat(user(id).isEnabled()).isFalse();
    }

    @Test
    void a_deleted_account_meets_the_policy() throws Exception {
        for (var policy : List.of("keep", "disable", "delete")) {
            hooked = new HookedShop(Map.of("missingAccountPolicy", policy));
            var id = admit("uid_ann").getId();
            hooked.gigya().delete("uid_ann");

            assertThat(hooked.send(event("accountDeleted", "uid_ann"))).isEqualTo(204);

            assertThat(Optional.ofNullable(user(id)).map(UserModel::isEnabled).orElse(null))
                    .isEqualTo(Map.of("keep", true, "disable", false).get(policy));
        }
    }

    @Test
    void nobody_goes_whose_absence_gigya_does_not_prove() throws Exception {
        var id = admit("uid_ann").getId();
        for (var failure : FailureKind.values()) {
            if (failure != FailureKind.ACCOUNT_NOT_FOUND && failure != FailureKind.ACCOUNT_DISABLED) {
                hooked.gigya().fail("getAccountInfo", failure);
                hooked.send(event("accountDeleted", "uid_ann"));
                assertThat(user(id).isEnabled()).isTrue();
            }
        }
    }

    @Test
    void a_user_follows_the_new_uid_and_keeps_id_and_links() throws Exception {
        hooked.shop().identityProvider("gigya", Map.of());
        for (var type : List.of("accountUidChanged", "accountMerged")) {
            hooked.gigya().account("uid_old");
            var id = admit("uid_old").getId();
            hooked.shop().keycloak().link(user(id), "gigya", "uid_old");
            hooked.gigya().delete("uid_old");
            hooked.gigya().account("uid_new").with("profile.firstName", "Anna");

            assertThat(hooked.send(event(type, "uid_old", "uid_new"))).isEqualTo(204);

            assertThat(users()).hasSize(1);
            assertThat(user(id).isEnabled()).isTrue();
            assertThat(user(id).getFirstAttribute("gigya.uid")).isEqualTo("uid_new");
            assertThat(user(id).getFirstName()).isEqualTo("Anna");
            assertThat(linkOf(id)).isEqualTo("uid_new");
            assertThat(admit("uid_new").getId()).isEqualTo(id);
            hooked = new HookedShop(Map.of());
            hooked.shop().identityProvider("gigya", Map.of());
        }
    }

    @Test
    void an_account_that_gets_the_first_uid_later_becomes_another_user() throws Exception {
        var follower = admit("uid_ann").getId();
        hooked.gigya().delete("uid_ann");
        hooked.gigya().account("uid_new");
        hooked.send(event("accountUidChanged", "uid_ann", "uid_new"));
        hooked.gigya().account("uid_ann").with("profile.firstName", "Another");

        var another = admit("uid_ann").getId();

        assertThat(another).isNotEqualTo(follower);
        assertThat(user(another).getFirstName()).isEqualTo("Another");
        assertThat(user(follower).getFirstAttribute("gigya.uid")).isEqualTo("uid_new");
        assertThat(admit("uid_ann").getId()).as("at the next sign-in").isEqualTo(another);
        assertThat(admit("uid_new").getId()).isEqualTo(follower);
    }

    @Test
    void a_user_follows_along_a_chain_in_whichever_order_its_events_are() throws Exception {
        hooked = new HookedShop(Map.of("webhookImports", "true"));
        var id = admit("uid_1").getId();
        hooked.gigya().delete("uid_1");
        hooked.gigya().account("uid_3");

        assertThat(hooked.send(
                        event("accountUpdated", "uid_3"),
                        event("accountUidChanged", "uid_2", "uid_3"),
                        event("accountUidChanged", "uid_1", "uid_2")))
                .isEqualTo(204);

        assertThat(users()).extracting(UserModel::getId).containsExactly(id);
        assertThat(user(id).getFirstAttribute("gigya.uid")).isEqualTo("uid_3");
    }

    @Test
    void a_user_does_not_follow_where_the_account_is_still_there_or_the_other_is_not() throws Exception {
        var id = admit("uid_ann").getId();
        hooked.gigya().account("uid_eve");
        hooked.send(event("accountMerged", "uid_ann", "uid_eve"));
        assertThat(user(id).getFirstAttribute("gigya.uid")).isEqualTo("uid_ann");

        hooked.gigya().delete("uid_ann");
        hooked.gigya().delete("uid_eve");
        assertThat(hooked.send(event("accountUidChanged", "uid_ann", "uid_eve")))
                .isEqualTo(204);
        assertThat(user(id).getFirstAttribute("gigya.uid")).isEqualTo("uid_ann");
        assertThat(user(id).isEnabled()).isFalse();
    }

    @Test
    void who_follows_an_account_while_another_node_imports_it_stays_its_only_user() throws Exception {
        var id = admit("uid_ann").getId();
        hooked.gigya().account("uid_eve");
        hooked.gigya().delete("uid_ann");
        var newcomer = new UserIds(Shop.FEDERATION).of(new Uid("uid_eve"));
        var open = hooked.shop().keycloak().userSessions().begin(user(id), false, 1);
        var users = hooked.shop().users();
        hooked.shop().keycloak().users().beforeNextAdd(() -> users.moved(new Uid("uid_ann"), new Uid("uid_eve")));

        assertThat(admit("uid_eve").getId()).isEqualTo(id);

        assertThat(users()).extracting(UserModel::getId).containsExactly(id);
        assertThat(user(id).getFirstAttribute("gigya.uid")).isEqualTo("uid_eve");
        assertThat(hooked.shop().keycloak().userSessions().open()).containsExactly(open);
        assertThat(hooked.shop().keycloak().adminEvents())
                .filteredOn(event -> ("users/" + newcomer).equals(event.getResourcePath()))
                .singleElement()
                .satisfies(event -> assertThat(event.getDetails()).containsOnly(Map.entry("gigya_merged_into", id)));
    }

    @Test
    void a_message_that_comes_again_leaves_one_user_of_an_account_that_has_two() throws Exception {
        var follower = admit("uid_ann").getId();
        var newcomer = admit("uid_eve").getId();
        follows(follower, "uid_eve");

        assertThat(hooked.send(event("accountMerged", "uid_ann", "uid_eve"))).isEqualTo(204);

        assertThat(users())
                .extracting(UserModel::getId)
                .containsExactly(follower)
                .doesNotContain(newcomer);
    }

    @Test
    void of_two_users_none_goes_who_was_there_for_longer_than_a_moment_and_a_warning_names_both() throws Exception {
        var follower = admit("uid_ann").getId();
        var present = admit("uid_eve").getId();
        follows(follower, "uid_eve");
        user(present)
                .setCreatedTimestamp(
                        Time.currentTimeMillis() - Duration.ofMinutes(16).toMillis());

        try (var log = new LogLines(Twins.class)) {
            assertThat(hooked.send(event("accountMerged", "uid_ann", "uid_eve")))
                    .isEqualTo(204);
            assertThat(log.lines())
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("WARN") && line.contains(present) && line.contains(follower));
        }

        assertThat(users()).extracting(UserModel::getId).containsExactlyInAnyOrder(follower, present);
        assertThat(hooked.shop().keycloak().adminEvents())
                .noneMatch(event ->
                        event.getDetails() != null && event.getDetails().containsKey("gigya_merged_into"));
    }

    @Test
    void of_two_users_none_goes_whom_an_administrator_keeps_out() throws Exception {
        var follower = admit("uid_ann").getId();
        var banned = admit("uid_eve").getId();
        follows(follower, "uid_eve");
        user(banned).setEnabled(false);

        hooked.send(event("accountMerged", "uid_ann", "uid_eve"));

        assertThat(user(banned).isEnabled()).isFalse();
    }

    @Test
    void of_two_users_none_goes_for_one_whom_somebody_gave_the_attributes_of_a_follower() throws Exception {
        var owner = admit("uid_ann").getId();
        var made = hooked.shop().keycloak().addUser("made", "made@example.com");
        made.setFederationLink(Shop.FEDERATION);
        made.setSingleAttribute("gigya.uid", "uid_ann");
        made.setCreatedTimestamp(1L);

        assertThat(hooked.send(event("accountMerged", "uid_ben", "uid_ann"))).isEqualTo(204);

        assertThat(users()).extracting(UserModel::getId).contains(owner, made.getId());
    }

    // As Twins finds one whose follower was committed on another node.
    private void follows(String id, String uid) {
        var session = hooked.shop().session();
        hooked.gigya().delete(user(id).getFirstAttribute("gigya.uid"));
        user(id).setSingleAttribute("gigya.uid", uid);
        UserStorageUtil.userFederatedStorage(session)
                .setSingleAttribute(hooked.shop().realm(), id, "gigya.released." + Shop.FEDERATION, uid);
    }

    @Test
    void of_two_users_the_one_whose_account_remains_stays_and_an_event_names_both() throws Exception {
        var gone = admit("uid_ann").getId();
        var stays = admit("uid_eve").getId();
        hooked.gigya().delete("uid_ann");
        hooked.gigya().account("uid_eve").with("profile.firstName", "Eva");

        assertThat(hooked.send(event("accountMerged", "uid_ann", "uid_eve"))).isEqualTo(204);

        assertThat(user(gone).isEnabled()).isFalse();
        assertThat(user(stays).isEnabled()).isTrue();
        assertThat(user(stays).getFirstName()).isEqualTo("Eva");
        assertThat(hooked.shop().keycloak().adminEvents())
                .filteredOn(event -> ("users/" + gone).equals(event.getResourcePath()))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getDetails()).containsOnly(Map.entry("gigya_merged_into", stays));
                    assertThat(event.getOperationType()).isEqualTo(OperationType.ACTION);
                });
        assertThat(hooked.shop().keycloak().adminEvents())
                .extracting(AdminEvent::getDetails)
                .noneMatch(details -> details != null && details.toString().contains("uid_"));
    }

    @Test
    void what_is_known_already_of_an_account_that_moved_is_brought_up_to_date() throws Exception {
        var id = admit("uid_new").getId();
        hooked.gigya().account("uid_new").with("profile.firstName", "Anna");

        hooked.send(event("accountUidChanged", "uid_old", "uid_new"));

        assertThat(user(id).getFirstName()).isEqualTo("Anna");
    }

    @Test
    void an_account_that_has_not_changed_since_its_user_was_read_costs_one_call() throws Exception {
        hooked.gigya().account("uid_ann").changedAt(Instant.now().minusSeconds(60));
        var id = admit("uid_ann").getId();
        var writes = user(id).writes();

        assertThat(hooked.send(event("accountUpdated", "uid_ann"))).isEqualTo(204);

        assertThat(hooked.gigya().calls()).containsExactly("getAccountInfo");
        assertThat(user(id).writes()).isEqualTo(writes);
        assertThat(hooked.shop().counted("keycloak.gigya.webhook.accounts", "result", "current"))
                .isEqualTo(1);
    }

    @Test
    void whatever_the_date_of_the_account_may_not_tell_is_read() throws Exception {
        var anHourAgo = Instant.now().minusSeconds(3_600);
        hooked = new HookedShop(Map.of("endSessionsOnPasswordChange", "true"));
        hooked.gigya().account("uid_ann").changedAt(anHourAgo);
        var id = admit("uid_ann").getId();

        hooked.gigya().account("uid_ann").withVerifiedEmail("ann@example.com").changedAt(anHourAgo);
        hooked.send(event("accountUpdated", "uid_ann"));
        assertThat(user(id).isEmailVerified()).as("a verified address").isTrue();

        hooked.gigya().account("uid_ann").withPasswordOf(anHourAgo);
        hooked.send(event("accountRegistered", "uid_ann"));
        assertThat(user(id).getFirstAttribute("gigya.passwordCreated")).isNotNull();

        user(id).setEnabled(false);
        user(id).setSingleAttribute("gigya.missing", "true");
        hooked.send(event("accountCreated", "uid_ann"));
        assertThat(user(id).isEnabled()).as("back with the account").isTrue();
    }

    @Test
    void sections_that_are_mapped_come_with_the_state_and_cost_no_further_call() throws Exception {
        hooked = new HookedShop(Map.of("fieldMappings", "[{\"key\":\"preferences.news\",\"value\":\"news\"}]"));
        var id = admit("uid_ann").getId();
        hooked.gigya().account("uid_ann").with("preferences.news", "daily");

        hooked.send(event("consentUpdated", "uid_ann"));

        assertThat(user(id).getFirstAttribute("news")).isEqualTo("daily");
        assertThat(hooked.gigya().calls()).containsExactly("getAccountInfo", "getJwt");
    }

    @Test
    void a_new_password_ends_the_sessions_from_before() throws Exception {
        hooked = new HookedShop(Map.of("endSessionsOnPasswordChange", "true"));
        var user = admit("uid_ann");
        var sessions = hooked.shop().keycloak().userSessions();
        var now = Instant.now();
        sessions.begin(user, false, (int) now.getEpochSecond() - 60);
        var later = sessions.begin(user, false, (int) now.getEpochSecond());
        hooked.gigya().account("uid_ann").withPasswordOf(now.minusSeconds(30));

        assertThat(hooked.send(event("accountUpdated", "uid_ann"))).isEqualTo(204);

        assertThat(sessions.open()).containsExactly(later);
    }

    @Test
    void a_new_password_is_noted_of_whom_an_older_one_waits_and_ends_nothing() throws Exception {
        var anHourAgo = Instant.now().minusSeconds(3_600);
        hooked.gigya().account("uid_ann").changedAt(anHourAgo);
        var ann = admit("uid_ann");
        var open = hooked.shop().keycloak().userSessions().begin(ann, false, (int) anHourAgo.getEpochSecond() - 60);
        user(ann.getId()).setSingleAttribute("gigya.password", "transferred");
        user(ann.getId()).setSingleAttribute("gigya.passwordOf", "1000");
        hooked.gigya().account("uid_ann").withPasswordOf(anHourAgo);

        hooked.send(event("accountUpdated", "uid_ann"));

        assertThat(user(ann.getId()).getFirstAttribute("gigya.passwordSeen"))
                .isEqualTo(Long.toString(anHourAgo.toEpochMilli()));
        assertThat(hooked.shop().keycloak().userSessions().open()).containsExactly(open);
    }

    @Test
    void each_account_is_read_once_however_many_events_name_it() throws Exception {
        admit("uid_ann");
        hooked.gigya().account("uid_ann").with("profile.firstName", "Anna");

        hooked.send(
                event("accountCreated", "uid_ann"),
                event("accountUpdated", "uid_ann"),
                event("consentUpdated", "uid_ann"));

        assertThat(hooked.gigya().calls()).containsExactly("getAccountInfo", "getJwt");
    }

    @Test
    void a_message_that_comes_again_costs_nothing() throws Exception {
        admit("uid_ann");
        hooked.gigya().account("uid_ann").with("profile.firstName", "Anna");
        for (int time = 0; time < 3; time++) {
            assertThat(hooked.send(event("accountUpdated", "uid_ann"))).isEqualTo(204);
        }
        assertThat(hooked.gigya().calls()).containsExactly("getAccountInfo", "getJwt");
    }

    @Test
    void what_failed_is_done_when_the_message_comes_again() throws Exception {
        var id = admit("uid_ann").getId();
        hooked.gigya().account("uid_ann").with("profile.firstName", "Anna");
        hooked.gigya().fail("getJwt", FailureKind.UNAVAILABLE);
        assertThat(hooked.send(event("accountUpdated", "uid_ann"))).isEqualTo(503);

        hooked.gigya().recover();
        assertThat(hooked.send(event("accountUpdated", "uid_ann"))).isEqualTo(204);
        assertThat(user(id).getFirstName()).isEqualTo("Anna");
    }

    @Test
    void an_account_that_collides_with_another_user_is_no_reason_to_send_again() throws Exception {
        admit("uid_ann");
        hooked.shop().keycloak().addUser("1", "taken@example.com").setEmail("taken@example.com");
        hooked.gigya().account("uid_ann").withVerifiedEmail("taken@example.com");

        assertThat(hooked.send(event("accountUpdated", "uid_ann"))).isEqualTo(204);
        assertThat(hooked.shop().counted("keycloak.gigya.webhook.accounts", "result", "conflict"))
                .isEqualTo(1);
    }

    @Test
    void the_log_is_told_once_a_minute_of_accounts_that_are_another_users_and_of_trouble_all_the_same()
            throws Exception {
        var clock = new SettableClock(Instant.now());
        hooked = new HookedShop(Map.of(), clock);
        admit("uid_ann");
        hooked.shop().keycloak().addUser("1", "taken@example.com").setEmail("taken@example.com");
        hooked.gigya().account("uid_ann").withVerifiedEmail("taken@example.com");

        try (var log = new LogLines(ErrandWork.class)) {
            hooked.send(event("accountUpdated", "uid_ann"));
            hooked.send(event("accountRegistered", "uid_ann"));
            assertThat(log.lines()).hasSize(1);
            assertThat(hooked.node().mayWarn(Shop.FEDERATION)).isTrue();

            clock.advance(Duration.ofMinutes(1));
            hooked.send(event("consentUpdated", "uid_ann"));
            assertThat(log.lines()).hasSize(2);
        }
        assertThat(hooked.shop().counted("keycloak.gigya.webhook.accounts", "result", "conflict"))
                .isEqualTo(3);
    }

    @Test
    void a_move_that_is_told_of_more_than_a_day_later_is_followed_by_nobody() throws Exception {
        var id = admit("uid_ann").getId();
        hooked.gigya().delete("uid_ann");
        hooked.gigya().account("uid_eve");

        assertThat(hooked.send(event(
                        "accountUidChanged", "uid_ann", "uid_eve", Instant.now().minus(Duration.ofHours(25)))))
                .isEqualTo(204);

        assertThat(user(id).getFirstAttribute("gigya.uid")).isEqualTo("uid_ann");
        assertThat(user(id).isEnabled()).isFalse();
    }

    @Test
    void gigya_is_asked_no_further_once_it_has_failed_for_a_while() throws Exception {
        hooked = new HookedShop(Map.of("webhookImports", "true"));
        hooked.gigya().fail("getAccountInfo", FailureKind.UNAVAILABLE);

        assertThat(hooked.send(Messages.updates(500))).isEqualTo(503);
        assertThat(hooked.gigya().calls()).hasSizeLessThanOrEqualTo(HookNode.LANES);
    }

    @Test
    void a_user_who_is_not_imported_is_forgotten_by_the_cache_of_every_node() throws Exception {
        hooked = new HookedShop(Map.of("importEnabled", "false"));
        hooked.gigya().account("uid_ann");

        assertThat(hooked.send(event("accountUpdated", "uid_ann"))).isEqualTo(204);

        assertThat(hooked.shop().keycloak().evicted()).contains("f:" + Shop.FEDERATION + ":uid_5fann");
        assertThat(users()).isEmpty();
    }

    private UserModel admit(String uid) throws Exception {
        hooked.gigya().account(uid);
        hooked.shop().keycloak().commit();
        var users = hooked.shop().users();
        var connection = hooked.shop()
                .session()
                .getProvider(io.github.keycloakgigya.settings.connector.GigyaConnector.class)
                .connect(users.settings().site());
        var account = connection.accounts().read(new Uid(uid), users.settings().fields());
        var user = users.admit(users.find(new Uid(uid)), account, connection.accounts());
        hooked.shop().keycloak().commit();
        hooked.gigya().calls().clear();
        return user;
    }

    private InMemoryUser user(String id) {
        return hooked.shop().keycloak().user(id);
    }

    private List<UserModel> users() {
        return hooked.shop().keycloak().users().all().toList();
    }

    private String linkOf(String id) {
        var keycloak = hooked.shop().keycloak();
        return keycloak.users()
                .getFederatedIdentity(hooked.shop().realm(), keycloak.user(id), "gigya")
                .getUserId();
    }
}
