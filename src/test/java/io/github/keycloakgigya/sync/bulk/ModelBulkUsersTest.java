package io.github.keycloakgigya.sync.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.account.FakeAddresses;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.FederatedUser.MissingMark;
import io.github.keycloakgigya.federation.FoundProfile;
import io.github.keycloakgigya.federation.FoundProfile.SearchedAt;
import io.github.keycloakgigya.federation.ImportedProfile;
import io.github.keycloakgigya.federation.ReleaseMark;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.sync.SyncedShop;
import io.github.keycloakgigya.sync.bulk.BulkUsers.BulkResult;
import io.github.keycloakgigya.sync.bulk.BulkUsers.InactiveAccount;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.models.jpa.entities.UserEntity;

/** What becomes of users whose accounts a search showed, one by one. */
class ModelBulkUsersTest {

    private static final Instant READ_AT = Instant.parse("2026-11-24T12:00:00Z");
    private static final BulkResult UNCHANGED = new BulkResult(0, 0, 1, 0, List.of());
    private static final BulkResult RELEASED = new BulkResult(0, 0, 0, 1, List.of());
    private static final BulkResult UPDATED = new BulkResult(0, 1, 0, 0, List.of());

    private final SyncedShop shop = new SyncedShop(Map.of());
    private final List<String> forgotten = new ArrayList<>();

    @BeforeEach
    void note_by_which_names_the_cache_forgets() {
        var cache = mock(UserCache.class);
        doAnswer(call -> forgotten.add(call.getArgument(1, UserModel.class).getUsername()))
                .when(cache)
                .evict(any(), any(UserModel.class));
        shop.shop().keycloak().provide(UserCache.class, cache);
    }

    @Test
    void a_user_whose_name_changes_is_forgotten_under_the_old_name_and_under_the_new_one() throws Exception {
        var user = shop.user("ann");

        assertThat(write(account("ann", "anna", true))).isEqualTo(UPDATED);

        assertThat(user.getUsername()).isEqualTo("anna");
        assertThat(forgotten).containsExactly("ann", "anna");
    }

    @Test
    void a_user_who_is_up_to_date_is_neither_written_nor_forgotten() throws Exception {
        var user = shop.user("ann");
        var writes = user.writes();

        assertThat(write(account("ann", "ann", true))).isEqualTo(UNCHANGED);
        assertThat(preview(account("ann", "ann", true))).isEqualTo(UNCHANGED);

        assertThat(user.writes()).isEqualTo(writes);
        assertThat(forgotten).isEmpty();
    }

    @Test
    void who_has_left_is_counted_as_that_and_neither_written_nor_doubled_also_where_that_was_a_moment_ago()
            throws Exception {
        var user = shop.user("ann");
        whileWaitingForRowOf(user, () -> mark().put(user));

        assertThat(write(account("ann", "anna", true))).isEqualTo(RELEASED);
        assertThat(preview(account("ann", "anna", true))).isEqualTo(RELEASED);
        assertThat(write(account("ann", "anna", true))).isEqualTo(RELEASED);
        assertThat(write(account("ann", "anna", false))).isEqualTo(RELEASED);

        assertThat(user.getUsername()).isEqualTo("ann");
        assertThat(user.isEnabled()).isTrue();
        assertThat(shop.shop().keycloak().users().all()).containsExactly(user);
    }

    @Test
    void who_followed_an_account_while_it_was_imported_stays_its_only_user() throws Exception {
        var follower = shop.user("ann");
        var users = shop.shop().users();
        shop.shop().keycloak().users().beforeNextAdd(() -> users.moved(new Uid("ann"), new Uid("eve")));

        assertThat(write(account("eve", "eve", true)).added()).isEqualTo(1);

        assertThat(shop.shop().keycloak().users().all()).containsExactly(follower);
        assertThat(follower.getFirstAttribute("gigya.uid")).isEqualTo("eve");
    }

    private ReleaseMark mark() {
        return new ReleaseMark(shop.shop().session(), shop.shop().realm(), Shop.FEDERATION);
    }

    @Test
    void what_a_sign_in_wrote_while_this_one_waited_for_the_row_is_not_written_again() throws Exception {
        var user = shop.user("ann");
        whileWaitingForRowOf(user, () -> user.setUsername("anna"));

        assertThat(write(account("ann", "anna", true))).isEqualTo(UNCHANGED);
        assertThat(forgotten).isEmpty();
    }

    @Test
    void whom_an_administrator_disabled_while_this_one_waited_for_the_row_gets_no_mark_and_so_stays_disabled()
            throws Exception {
        var user = shop.user("banned");
        whileWaitingForRowOf(user, () -> user.setEnabled(false));

        users().disable(List.of(inactive("banned")));

        assertThat(MissingMark.isOn(user)).isFalse();
    }

    @Test
    void the_user_of_a_banned_account_is_disabled_and_forgotten() throws Exception {
        var user = shop.user("banned");

        users().disable(List.of(inactive("banned"), inactive("nobody")));

        assertThat(MissingMark.isOn(user)).isTrue();
        assertThat(forgotten).containsExactly("banned");
    }

    @Test
    void whose_accounts_are_banned_is_asked_once_for_all_of_them_who_has_sessions() throws Exception {
        var sessions = shop.shop().keycloak().userSessions();
        var signedIn = shop.user("banned");
        sessions.begin(signedIn, false, 1);
        for (int i = 0; i < 50; i++) {
            shop.user("banned" + i);
        }
        var banned = new ArrayList<>(List.of(account("banned", "banned", false)));
        for (int i = 0; i < 50; i++) {
            banned.add(account("banned" + i, "banned" + i, false));
        }

        assertThat(users().write(banned).updated()).isEqualTo(51);

        assertThat(sessions.queries()).isEqualTo(1);
        assertThat(sessions.asked()).containsExactly(signedIn.getId());
        assertThat(sessions.open()).isEmpty();
        assertThat(shop.shop().counted("keycloak.gigya.ended.sessions", "reason", "disabled"))
                .isEqualTo(1);
    }

    @Test
    void whoever_signed_in_after_the_search_is_not_disabled_by_what_it_showed() throws Exception {
        var user = shop.user("banned");
        user.setSingleAttribute(FederatedUser.AS_OF, FederatedUser.text(READ_AT.plusSeconds(1)));

        users().disable(List.of(inactive("banned")));

        assertThat(user.isEnabled()).isTrue();
    }

    @Test
    void an_account_whose_name_another_user_has_is_counted_with_the_reason_and_not_written() throws Exception {
        shop.shop().keycloak().addUser("1", "anna");
        var user = shop.user("ann");
        var taken = "its user name or e-mail address belongs to another user";

        for (var account : List.of(account("ann", "anna", true), account("new", "anna", true))) {
            assertThat(write(account).failed())
                    .extracting(BulkResult.Failure::reason)
                    .containsExactly(taken);
            assertThat(preview(account).failed())
                    .extracting(BulkResult.Failure::reason)
                    .containsExactly(taken);
        }
        assertThat(user.getUsername()).isEqualTo("ann");
    }

    @Test
    void a_user_who_does_not_belong_to_the_federation_any_more_is_nobodys_also_under_the_accounts_own_id()
            throws Exception {
        var unlinked = shop.user("ann");
        unlinked.setFederationLink("another federation");

        assertThat(write(account("ann", "anna", true)).failed()).hasSize(1);
        assertThat(unlinked.getUsername()).isEqualTo("ann");
    }

    @Test
    void an_account_whose_former_uid_another_user_has_left_is_added_as_a_user_of_its_own() throws Exception {
        var follower = shop.user("ann");
        follower.setSingleAttribute(FederatedUser.UID, "ann-after");

        assertThat(write(account("ann", "anna", true))).isEqualTo(new BulkResult(1, 0, 0, 0, List.of()));
        assertThat(write(account("ann", "anna", true))).isEqualTo(UNCHANGED);
        assertThat(follower.getUsername()).isEqualTo("ann");
    }

    @Test
    void a_page_from_before_a_user_was_removed_does_not_bring_it_back_and_a_change_since_does() throws Exception {
        shop.shop().federation(Map.of("missingAccountPolicy", "delete"));
        shop.user("ann");
        var users = shop.shop().users();
        users.missing(new Uid("ann"));
        users.missing(new Uid("eve"));

        assertThat(write(account("ann", "ann", true))).isEqualTo(UNCHANGED);
        assertThat(users.find(new Uid("ann"))).isEmpty();

        var since = Optional.of(Instant.now().plusSeconds(1));
        var again = account("ann", "ann", true);
        assertThat(write(new FoundProfile(again.profile(), again.addresses(), true, since, READ_AT)))
                .isEqualTo(new BulkResult(1, 0, 0, 0, List.of()));
        assertThat(write(account("eve", "eve", true)).added())
                .as("nobody was removed")
                .isEqualTo(1);
    }

    @Test
    void a_strangers_user_who_names_the_uid_is_not_taken_for_the_accounts() throws Exception {
        var stranger = shop.shop().keycloak().addUser("1", "stranger");
        stranger.setSingleAttribute(FederatedUser.UID, "ann");
        var linked = shop.shop().keycloak().addUser("2", "linked");
        linked.setFederationLink(Shop.FEDERATION);
        linked.setSingleAttribute(FederatedUser.UID, "ann");

        assertThat(write(account("ann", "anna", true))).isEqualTo(UPDATED);

        assertThat(stranger.getUsername()).isEqualTo("stranger");
        assertThat(linked.getUsername()).isEqualTo("anna");
    }

    @Test
    void an_account_that_the_database_refuses_is_named_by_kind_alone_and_its_user_disabled_where_it_is_banned()
            throws Exception {
        var user = shop.user("banned");
        when(entities().find(UserEntity.class, user.getId()))
                .thenThrow(new IllegalArgumentException("value too long: ann@example.com"))
                .thenReturn(null);

        assertThat(write(account("banned", "other", false)).failed())
                .extracting(BulkResult.Failure::reason)
                .containsExactly("Keycloak refused its user: IllegalArgumentException");
        assertThat(user.getUsername()).isEqualTo("banned");
        assertThat(MissingMark.isOn(user)).isTrue();
    }

    @Test
    void a_database_that_is_gone_is_no_accounts_fault_and_ends_the_sync() throws Exception {
        var gone = new IllegalStateException(new SQLException("gone", "08006"));
        onRowOf(shop.user("ann"), gone);

        assertThatThrownBy(() -> write(account("ann", "anna", true))).isSameAs(gone);
        assertThatThrownBy(() -> users().disable(List.of(inactive("ann")))).isSameAs(gone);
    }

    @Test
    void a_banned_account_whose_user_cannot_be_disabled_keeps_no_other_from_being_disabled() throws Exception {
        onRowOf(shop.user("stuck"), new IllegalArgumentException());
        var user = shop.user("banned");

        users().disable(List.of(inactive("stuck"), inactive("banned")));

        assertThat(user.isEnabled()).isFalse();
    }

    private ModelBulkUsers users() throws Exception {
        return new ModelBulkUsers(shop.federation().federation());
    }

    private BulkResult write(FoundProfile account) throws Exception {
        return users().write(List.of(account));
    }

    private BulkResult preview(FoundProfile account) throws Exception {
        return users().preview(List.of(account));
    }

    private static FoundProfile account(String uid, String username, boolean active) {
        return new FoundProfile(
                new ImportedProfile(new Uid(uid), username, Optional.empty(), false, Map.of()),
                FakeAddresses.havingVerified(),
                active,
                Optional.empty(),
                READ_AT);
    }

    private static InactiveAccount inactive(String uid) {
        return new InactiveAccount(new Uid(uid), new SearchedAt(Optional.empty(), READ_AT));
    }

    private void whileWaitingForRowOf(InMemoryUser user, Runnable race) {
        when(entities().find(UserEntity.class, user.getId())).thenAnswer(call -> {
            race.run();
            return null;
        });
    }

    private void onRowOf(InMemoryUser user, RuntimeException failure) {
        when(entities().find(UserEntity.class, user.getId())).thenThrow(failure);
    }

    private EntityManager entities() {
        return shop.shop().session().getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
