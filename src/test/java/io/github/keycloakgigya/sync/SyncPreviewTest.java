package io.github.keycloakgigya.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.sync.SyncLock.LockLostException;
import io.github.keycloakgigya.sync.SyncPreview.MissingUser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SyncPreviewTest {

    private final VirtualTime time = new VirtualTime();
    private SyncedShop shop = new SyncedShop(Map.of("syncRemovesMissing", "true", "removalLimitPercent", "50"));

    @Test
    void it_tells_what_a_full_sync_would_do_and_writes_nothing() throws Exception {
        account("new");
        account("known");
        account("conflicting");
        var owner = shop.shop().keycloak().addUser("1", "conflicting@example.com");
        var known = shop.user("known");
        var gone = shop.user("gone");
        var writes = owner.writes() + known.writes() + gone.writes();

        var report = preview();

        assertThat(report.added()).isEqualTo(1);
        assertThat(report.updated()).isEqualTo(1);
        assertThat(report.unchanged()).isZero();
        assertThat(report.failed()).isEqualTo(1);
        assertThat(report.removed()).isEqualTo(1);
        assertThat(report.removesMissing()).isTrue();
        assertThat(report.removalRefused()).isEmpty();
        assertThat(report.missing()).isEqualTo(List.of(new MissingUser(gone.getId(), "gone")));
        assertThat(owner.writes() + known.writes() + gone.writes()).isEqualTo(writes);
        assertThat(shop.shop().keycloak().users().all()).hasSize(3);
    }

    @Test
    void whoever_could_be_linked_would_be_changed() throws Exception {
        shop = new SyncedShop(Map.of("existingUserPolicy", "linkVerifiedEmail"));
        account("ann");
        var owner = shop.shop().keycloak().addUser("1", "ann");
        owner.setEmail("ann@example.com");
        owner.setEmailVerified(true);

        assertThat(preview().updated()).isEqualTo(1);
        assertThat(owner.getFederationLink()).isNull();
    }

    @Test
    void it_says_why_nobody_would_be_removed_and_names_those_who_are_not_proven_to_be_gone() throws Exception {
        account("there");
        shop.user("there");
        shop.user("gone");
        shop.user("gone too");

        var report = preview();

        assertThat(report.removed()).isZero();
        assertThat(report.removalRefused()).contains("more than the limit of 50 %");
        assertThat(report.missing()).extracting(MissingUser::uid).containsExactlyInAnyOrder("gone", "gone too");
        assertThat(shop.shop().gigya().calls()).doesNotContain("getAccountInfo");
    }

    @Test
    void it_counts_nobody_as_removed_where_the_settings_remove_nobody() throws Exception {
        shop = new SyncedShop(Map.of("removalLimitPercent", "100"));
        account("there");
        shop.user("gone");

        var report = preview();

        assertThat(report.removed()).isZero();
        assertThat(report.removesMissing()).isFalse();
        assertThat(report.missing()).extracting(MissingUser::uid).containsExactly("gone");
    }

    @Test
    void it_ends_where_a_sync_takes_over() {
        account("there");
        var lock = shop.lock(time);
        shop.takeOver();
        lock.renew();

        assertThatThrownBy(() -> new SyncPreview(shop.federation(), lock).run()).isInstanceOf(LockLostException.class);
    }

    private void account(String uid) {
        shop.shop().gigya().account(uid).withVerifiedEmail(uid + "@example.com");
    }

    private SyncPreview.Report preview() throws Exception {
        return new SyncPreview(shop.federation(), shop.lock(time)).run();
    }
}
