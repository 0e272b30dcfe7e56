package io.github.keycloakgigya.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.UserIds;
import io.github.keycloakgigya.sync.MissingUsers.Removal;
import io.github.keycloakgigya.sync.SyncLock.LockLostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemovalTest {

    private final VirtualTime time = new VirtualTime();
    private final SeenUids seen = new SeenUids();
    private final SyncTally tally = new SyncTally(new UserIds("federation"));
    private final SyncProgress progress = new SyncProgress("shop", time);
    private final SyncedShop shop = new SyncedShop(Map.of("removalLimitPercent", "50"));
    private SyncLock lock;

    @BeforeEach
    void have_one_user_with_an_account_and_one_without() {
        lock = shop.lock(time);
        shop.shop().gigya().account("there");
        shop.user("there");
        shop.user("gone");
        seen.add(new Uid("there"));
    }

    @Test
    void who_is_proven_to_be_gone_goes_and_is_counted() throws Exception {
        shown(1);

        assertThat(run()).isEmpty();
        assertThat(shop.userOf("gone").orElseThrow().isEnabled()).isFalse();
        assertThat(shop.userOf("there").orElseThrow().isEnabled()).isTrue();
        assertThat(tally.removed()).isEqualTo(1);
        assertThat(progress.done()).isEqualTo(1);
    }

    @Test
    void who_was_only_not_shown_stays() throws Exception {
        shop.shop().gigya().account("gone");
        shown(1);

        assertThat(run()).isEmpty();
        assertThat(shop.userOf("gone").orElseThrow().isEnabled()).isTrue();
        assertThat(tally.removed()).isZero();
    }

    @Test
    void nobody_goes_where_gigya_showed_fewer_accounts_than_it_named() throws Exception {
        shown(2);

        assertThat(run()).containsExactly("no user was removed or disabled: Gigya named 2 accounts and showed 1");
        assertNobodyIsGone();
    }

    @Test
    void nobody_goes_where_gigya_named_no_account_at_all() throws Exception {
        assertThat(run()).containsExactly("no user was removed or disabled: Gigya named 0 accounts and showed 1");
        assertNobodyIsGone();
    }

    @Test
    void nobody_goes_where_more_would_go_than_the_limit() throws Exception {
        shop.user("gone too");
        shown(1);

        assertThat(run())
                .containsExactly(
                        "no user was removed or disabled: 2 users have no account, which is more than the limit of 50 %");
        assertNobodyIsGone();
    }

    @Test
    void nobody_goes_once_another_sync_may_write() {
        shown(1);
        shop.takeOver();
        lock.renew();

        assertThatThrownBy(this::run).isInstanceOf(LockLostException.class);
        assertNobodyIsGone();
    }

    private void shown(long total) {
        progress.passed(1, total);
    }

    private List<String> run() throws Exception {
        var federation = shop.federation();
        return new Removal(
                        federation, new MissingUsers(federation, seen, new BackOff(time, time)), lock, tally, progress)
                .run(seen);
    }

    private void assertNobodyIsGone() {
        assertThat(shop.shop().keycloak().users().all()).allMatch(user -> user.isEnabled());
        assertThat(tally.removed()).isZero();
    }
}
