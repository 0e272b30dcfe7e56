package io.github.keycloakgigya.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.sync.MissingUsers.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MissingUsersTest {

    private final VirtualTime time = new VirtualTime();
    private final SeenUids seen = new SeenUids();
    private SyncedShop shop = new SyncedShop(Map.of());

    @Test
    void whoever_a_search_did_not_show_may_be_missing() throws Exception {
        shop.user("shown");
        shop.user("not shown");
        seen.add(new Uid("shown"));

        assertThat(missing()).containsExactly("not shown");
        assertThat(users().count()).isEqualTo(1);
    }

    @Test
    void a_user_of_the_federation_without_a_uid_is_left_alone_since_nobody_could_be_asked_for() throws Exception {
        shop.user("lost").removeAttribute(FederatedUser.UID);

        assertThat(missing()).isEmpty();
    }

    @Test
    void nobody_is_left_out_where_there_are_more_than_are_read_at_once() throws Exception {
        for (int i = 0; i < 1_003; i++) {
            shop.user("uid_" + i);
        }

        assertThat(missing()).hasSize(1_003).doesNotHaveDuplicates();
    }

    @Test
    void where_users_are_kept_nobody_is_looked_for() throws Exception {
        policy("keep");
        shop.user("gone");

        assertThat(missing()).isEmpty();
    }

    @Test
    void where_users_are_disabled_those_who_are_already_are_left_alone() throws Exception {
        policy("disable");
        shop.user("gone");
        shop.user("disabled").setEnabled(false);

        assertThat(missing()).containsExactly("gone");
    }

    @Test
    void where_users_are_removed_whom_an_administrator_disabled_stays() throws Exception {
        policy("delete");
        shop.user("gone");
        shop.user("disabled by an administrator").setEnabled(false);
        var byPolicy = shop.user("disabled by the policy");
        byPolicy.setEnabled(false);
        byPolicy.setSingleAttribute(FederatedUser.MISSING, "true");

        assertThat(missing()).containsExactlyInAnyOrder("gone", "disabled by the policy");
    }

    @Test
    void as_many_as_the_limit_may_go_and_not_one_more() throws Exception {
        shop = new SyncedShop(Map.of("removalLimitPercent", "10"));
        for (int i = 0; i < 20; i++) {
            shop.user("uid_" + i);
        }

        assertThat(users().exceedLimit(2)).isFalse();
        assertThat(users().exceedLimit(3)).isTrue();
        assertThat(users().limitPercent()).isEqualTo(10);
    }

    @Test
    void only_gigyas_word_that_there_is_no_such_account_proves_it() throws Exception {
        shop.shop().gigya().account("there");

        assertThat(users().isProven(known("there"))).isFalse();
        assertThat(users().isProven(known("gone"))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ACCOUNT_NOT_FOUND", "UNAVAILABLE", "MISCONFIGURED"})
    void any_other_answer_about_the_account_proves_nothing(FailureKind answer) throws Exception {
        shop.shop().gigya().fail("getAccountInfo", answer);

        assertThat(users().isProven(known("uid"))).isFalse();
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void an_error_that_gigya_repeats_proves_nothing_and_is_asked_for_three_times() throws Exception {
        shop.shop().gigya().fail("getAccountInfo", FailureKind.UNAVAILABLE);

        assertThat(users().isProven(known("uid"))).isFalse();
        assertThat(shop.shop().gigya().calls()).hasSize(3);
        assertThat(time.pauses()).hasSize(3);
    }

    @Test
    void an_outage_ends_the_removal_after_some_patience() {
        var outage = GigyaException.unavailable("connection refused");
        shop.shop().gigya().fail("getAccountInfo", outage);

        assertThatThrownBy(() -> users().isProven(known("uid"))).isSameAs(outage);
        assertThat(time.pauses()).isNotEmpty();
    }

    @Test
    void refused_settings_end_the_removal_at_once() {
        shop.shop().gigya().fail("getAccountInfo", FailureKind.MISCONFIGURED);

        assertThatThrownBy(() -> users().isProven(known("uid"))).isInstanceOf(GigyaException.class);
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void a_user_is_disabled_where_the_policy_says_so_and_marked_as_missing() throws Exception {
        policy("disable");
        var user = shop.user("gone");

        assertThat(users().remove(known("gone"))).isTrue();
        assertThat(user.isEnabled()).isFalse();
        assertThat(user.getFirstAttribute(FederatedUser.MISSING)).isEqualTo("true");
        assertThat(users().remove(known("gone"))).isFalse();
    }

    @Test
    void a_user_is_removed_where_the_policy_says_so() throws Exception {
        policy("delete");
        shop.user("gone");

        assertThat(users().remove(known("gone"))).isTrue();
        assertThat(shop.userOf("gone")).isEmpty();
        assertThat(users().remove(known("gone"))).isFalse();
    }

    @Test
    void whom_an_administrator_disabled_after_the_search_is_not_removed() throws Exception {
        policy("delete");
        shop.user("gone").setEnabled(false);

        assertThat(users().remove(known("gone"))).isFalse();
        assertThat(shop.userOf("gone")).isPresent();
    }

    @Test
    void nobody_is_touched_where_users_are_kept() throws Exception {
        policy("keep");
        var user = shop.user("gone");

        assertThat(users().remove(known("gone"))).isFalse();
        assertThat(user.isEnabled()).isTrue();
    }

    private void policy(String policy) {
        shop = new SyncedShop(Map.of("missingAccountPolicy", policy));
    }

    private MissingUsers users() throws Exception {
        return new MissingUsers(shop.federation(), seen, new BackOff(time, time));
    }

    private List<String> missing() throws Exception {
        var uids = new ArrayList<String>();
        users().each(user -> uids.add(user.uid().value()));
        return uids;
    }

    private static Candidate known(String uid) {
        return new Candidate("id", new Uid(uid));
    }
}
