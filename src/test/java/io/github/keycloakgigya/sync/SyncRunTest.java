package io.github.keycloakgigya.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.federation.FederatedUser.MissingMark;
import io.github.keycloakgigya.inmemory.GigyaPerson;
import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.sync.SyncTally.SyncResult;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A whole sync, from Gigya's pages to Keycloak's users. */
class SyncRunTest {

    private static final Instant CHANGED = Instant.ofEpochSecond(900_000);

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
    private final VirtualTime time = new VirtualTime();
    private SyncedShop shop = new SyncedShop(Map.of());
    private SyncLock lock;

    @AfterEach
    void end_the_threads() {
        threads.shutdownNow();
    }

    @Test
    void accounts_become_users_and_the_next_sync_knows_how_far_this_one_came() throws Exception {
        account("new");
        account("banned").inactive();
        account("unfinished").unfinished();
        account("known");
        shop.user("known");
        account("another");
        assertThat(sync(full()).getStatus()).isEqualTo("3 imported users, 1 updated users, 0 removed users, 0 failed");

        assertThat(sync(full()).getStatus()).isEqualTo("0 imported users, 0 updated users, 0 removed users, 0 failed");
        assertThat(shop.userOf("new").orElseThrow().isEnabled()).isTrue();
        assertThat(shop.userOf("banned").orElseThrow().isEnabled()).isFalse();
        assertThat(shop.userOf("banned").orElseThrow().getFirstAttribute("gigya.missing"))
                .isEqualTo("true");
        assertThat(shop.userOf("unfinished")).isEmpty();
        assertThat(shop.userOf("known").orElseThrow().getUsername()).isEqualTo("known@example.com");
        // However long ago the last change was: Gigya showed all, but for what its search shows late.
        assertThat(watermark()).contains(time.instant().minusSeconds(30));
    }

    @Test
    void what_was_done_is_counted() throws Exception {
        account("new");
        account("known");
        shop.user("known");
        account("conflicting");
        shop.shop().keycloak().addUser("1", "conflicting@example.com");

        var result = sync(full());

        assertThat(result.isIgnored()).isFalse();
        assertThat(result.getAdded()).isEqualTo(1);
        assertThat(result.getUpdated()).isEqualTo(1);
        assertThat(result.getFailed()).isEqualTo(1);
        assertThat(result.getRemoved()).isZero();
    }

    @Test
    void what_was_done_is_measured() throws Exception {
        account("new");
        account("unfinished").unfinished();

        sync(full());
        sync(Optional.of(Instant.EPOCH));
        shop.shop().gigya().fail("search", FailureKind.MISCONFIGURED);
        sync(full());

        assertThat(syncs("full", "finished")).isEqualTo(1);
        assertThat(syncs("changed", "finished")).isEqualTo(1);
        assertThat(syncs("full", "failed")).isEqualTo(1);
        assertThat(shop.shop().counted("keycloak.gigya.synced.accounts", "result", "added"))
                .isEqualTo(1);
        assertThat(shop.shop().counted("keycloak.gigya.synced.accounts", "result", "unchanged"))
                .isEqualTo(1);
        assertThat(shop.shop().counted("keycloak.gigya.synced.accounts", "result", "unfinished"))
                .isEqualTo(2);
    }

    private double syncs(String kind, String outcome) {
        return shop.shop().counted("keycloak.gigya.syncs", "kind", kind, "outcome", outcome);
    }

    @Test
    void a_user_who_was_linked_rather_than_imported_is_brought_up_to_date_and_forgotten_by_the_cache()
            throws Exception {
        account("linked");
        var user = shop.shop().keycloak().addUser("1", "somebody");
        user.setFederationLink(Shop.FEDERATION);
        user.setSingleAttribute("gigya.uid", "linked");
        var stranger = shop.shop().keycloak().addUser("2", "stranger");
        stranger.setSingleAttribute("gigya.uid", "linked");

        assertThat(sync(full()).getUpdated()).isEqualTo(1);

        assertThat(user.getUsername()).isEqualTo("linked@example.com");
        assertThat(stranger.getUsername()).isEqualTo("stranger");
        assertThat(shop.shop().keycloak().evicted()).contains("1");
    }

    @Test
    void an_old_user_whom_the_policy_links_counts_as_changed() throws Exception {
        shop = new SyncedShop(Map.of("existingUserPolicy", "linkVerifiedEmail"));
        account("ann");
        var old = shop.shop().keycloak().addUser("1", "ann");
        old.setEmail("ann@example.com");
        old.setEmailVerified(true);

        var result = sync(full());

        assertThat(result.getUpdated()).isEqualTo(1);
        assertThat(result.getAdded()).isZero();
        assertThat(old.getFederationLink()).isEqualTo(Shop.FEDERATION);
    }

    @Test
    void a_sign_in_that_adds_the_user_at_the_same_time_is_no_failure() throws Exception {
        account("ann");
        shop.shop().keycloak().users().beforeNextAdd(() -> shop.user("ann"));

        var result = sync(full());

        assertThat(result.getFailed()).isZero();
        assertThat(result.getUpdated()).isEqualTo(1);
    }

    @Test
    void the_user_of_a_banned_account_is_forgotten_by_the_cache() throws Exception {
        account("banned").inactive().unfinished();
        var user = shop.user("banned");

        sync(full());

        assertThat(shop.shop().keycloak().evicted()).contains(user.getId());
    }

    @Test
    void the_user_of_an_account_that_cannot_be_written_is_disabled_nevertheless_where_the_account_is()
            throws Exception {
        account("banned").inactive();
        var user = shop.user("banned");
        shop.shop().keycloak().addUser("1", "banned@example.com");

        sync(full());

        assertThat(user.isEnabled()).isFalse();
        assertThat(MissingMark.isOn(user)).isTrue();
    }

    @Test
    void the_user_of_an_account_whose_registration_is_not_finished_any_more_is_disabled_where_the_account_is()
            throws Exception {
        account("banned").inactive().unfinished();
        var user = shop.user("banned");

        sync(full());

        assertThat(user.isEnabled()).isFalse();
    }

    @Test
    void whoever_comes_back_active_is_enabled_again_but_not_whom_an_administrator_disabled() throws Exception {
        account("back");
        var back = shop.user("back");
        back.setEnabled(false);
        back.setSingleAttribute("gigya.missing", "true");
        account("locked out");
        var lockedOut = shop.user("locked out");
        lockedOut.setEnabled(false);

        sync(full());

        assertThat(back.isEnabled()).isTrue();
        assertThat(back.getFirstAttribute("gigya.missing")).isNull();
        assertThat(lockedOut.isEnabled()).isFalse();
    }

    @Test
    void nobody_is_removed_unless_the_settings_say_so() throws Exception {
        account("there");
        shop.user("gone");

        sync(full());

        assertThat(shop.userOf("gone").orElseThrow().isEnabled()).isTrue();
        assertThat(shop.shop().gigya().calls()).doesNotContain("getAccountInfo");
    }

    @Test
    void a_full_sync_disables_whose_account_is_gone_where_the_settings_say_so() throws Exception {
        shop = new SyncedShop(Map.of("syncRemovesMissing", "true", "removalLimitPercent", "100"));
        account("there");
        shop.user("gone");

        assertThat(sync(full()).getRemoved()).isEqualTo(1);
        assertThat(shop.userOf("gone").orElseThrow().isEnabled()).isFalse();
        assertThat(shop.userOf("there").orElseThrow().isEnabled()).isTrue();
    }

    @Test
    void a_sync_of_changes_never_removes_anybody() throws Exception {
        shop = new SyncedShop(Map.of("syncRemovesMissing", "true", "removalLimitPercent", "100"));
        account("there");
        shop.user("gone");

        assertThat(sync(Optional.of(Instant.EPOCH)).getRemoved()).isZero();
        assertThat(shop.userOf("gone").orElseThrow().isEnabled()).isTrue();
    }

    @Test
    void nobody_is_looked_for_where_users_are_kept() throws Exception {
        shop = new SyncedShop(
                Map.of("syncRemovesMissing", "true", "removalLimitPercent", "100", "missingAccountPolicy", "keep"));
        account("there");
        shop.user("gone");

        assertThat(sync(full()).getRemoved()).isZero();
        assertThat(shop.shop().gigya().calls()).doesNotContain("getAccountInfo");
    }

    @Test
    void a_sync_of_changes_that_finds_none_says_so() throws Exception {
        var result = sync(Optional.of(Instant.EPOCH));

        assertThat(result.isIgnored()).isTrue();
        assertThat(result.getStatus()).isEqualTo("No account has changed");
    }

    @Test
    void a_sync_that_gigya_refuses_has_not_begun_and_moves_no_watermark() throws Exception {
        shop.shop().gigya().fail("search", FailureKind.MISCONFIGURED);

        var result = sync(full());

        assertThat(result.isIgnored()).isTrue();
        assertThat(result.getStatus()).startsWith("Synchronization failed: ");
        assertThat(watermark()).isEmpty();
    }

    @Test
    void a_removal_that_cannot_be_proven_ends_the_sync_which_has_written_by_then() throws Exception {
        shop = new SyncedShop(Map.of("syncRemovesMissing", "true", "removalLimitPercent", "100"));
        account("there");
        shop.user("gone");
        shop.shop().gigya().fail("getAccountInfo", FailureKind.MISCONFIGURED);

        var result = sync(full());

        assertThat(result.isIgnored()).isTrue();
        assertThat(result.getStatus()).contains("ended early");
        assertThat(shop.userOf("there")).isPresent();
        assertThat(shop.userOf("gone").orElseThrow().isEnabled()).isTrue();
    }

    @Test
    void nothing_is_written_once_another_sync_may_write() throws Exception {
        account("new");
        lock = shop.lock(time);
        shop.takeOver();
        lock.renew();

        var result = run(full());

        assertThat(result.getStatus()).contains("another sync has taken over");
        assertThat(shop.userOf("new")).isEmpty();
    }

    @Test
    void a_federation_that_is_removed_meanwhile_ends_the_sync() throws Exception {
        account("new");
        lock = shop.lock(time);
        var federation = shop.federation();
        shop.shop().realm().removeComponent(shop.shop().realm().getComponent(Shop.FEDERATION));

        var result = run(federation, full());

        assertThat(result.getFailed()).isPositive();
        assertThat(shop.userOf("new")).isEmpty();
    }

    @Test
    void a_thread_that_is_stopped_ends_the_sync_and_stays_interrupted() throws Exception {
        account("new");
        Thread.currentThread().interrupt();

        var result = sync(full());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.getStatus()).contains("it was stopped");
    }

    @Test
    void an_account_that_holds_too_much_is_counted_and_keeps_nobody_else_away() throws Exception {
        account("large").with("profile.firstName", "x".repeat(100_000));
        account("new");

        var result = sync(full());

        assertThat(result.getFailed()).isEqualTo(1);
        assertThat(result.getAdded()).isEqualTo(1);
        assertThat(shop.userOf("large")).isEmpty();
    }

    private GigyaPerson account(String uid) {
        return shop.shop()
                .gigya()
                .account(uid)
                .withVerifiedEmail(uid.replace(' ', '.') + "@example.com")
                .changedAt(CHANGED);
    }

    private static Optional<Instant> full() {
        return Optional.empty();
    }

    private SyncResult sync(Optional<Instant> changedSince) throws Exception {
        lock = shop.lock(time);
        try {
            return run(changedSince);
        } finally {
            lock.close();
        }
    }

    private SyncResult run(Optional<Instant> changedSince) throws Exception {
        return run(shop.federation(), changedSince);
    }

    private SyncResult run(SyncTarget federation, Optional<Instant> changedSince) {
        return new SyncRun(federation, lock, threads, time, changedSince, shop.meter()).run();
    }

    private Optional<Instant> watermark() throws Exception {
        try (var next = shop.lock(time)) {
            return next.watermarkOf(shop.federation().siteId());
        }
    }
}
