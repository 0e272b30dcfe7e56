package io.github.keycloakgigya.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.Uid;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.UserModel;

class UserIdsTest {

    @Test
    void one_account_of_one_federation_always_has_the_same_id() {
        assertThat(new UserIds("component").of(new Uid("uid"))).isEqualTo(new UserIds("component").of(new Uid("uid")));
        assertThat(UUID.fromString(new UserIds("component").of(new Uid("uid")))).isNotNull();
    }

    @Test
    void accounts_of_two_federations_have_two_ids() {
        assertThat(new UserIds("one").of(new Uid("uid"))).isNotEqualTo(new UserIds("two").of(new Uid("uid")));
    }

    @Test
    void a_uid_can_not_be_chosen_so_that_it_meets_another_federations_user() {
        assertThat(new UserIds("a").of(new Uid("bc"))).isNotEqualTo(new UserIds("ab").of(new Uid("c")));
    }

    @Test
    void upper_and_lower_case_are_two_accounts() {
        assertThat(new UserIds("component").of(new Uid("AbC=")))
                .isNotEqualTo(new UserIds("component").of(new Uid("aBC=")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"7b45", "_guid_a+b/c==", "a:b/../c?d#e", "Ünï-çødé-日本-😀", "UPPER lower", "-_", "${vault.x}"})
    void the_id_of_a_user_who_is_not_imported_leads_back_to_the_uid(String uid) {
        var id = new UserIds("component").ofRemote(new Uid(uid)).orElseThrow();

        assertThat(id).matches("f:component:[a-z0-9_-]+");
        assertThat(new UserIds("component").uidOfRemote(id)).hasValue(new Uid(uid));
        assertThat(new UserIds("other").uidOfRemote(id)).isEmpty();
    }

    @Test
    void ids_of_upper_and_lower_case_differ_in_a_database_that_takes_no_notice_of_case() {
        var ids = new UserIds("component");

        assertThat(ids.ofRemote(new Uid("AbC")).orElseThrow())
                .isNotEqualToIgnoringCase(ids.ofRemote(new Uid("aBC")).orElseThrow());
    }

    @Test
    void the_log_calls_a_user_by_an_id_that_holds_no_uid() {
        var ids = new UserIds("component");

        assertThat(ids.inLog(user(ids.ofRemote(new Uid("ann")).orElseThrow()))).isEqualTo(ids.of(new Uid("ann")));
        assertThat(ids.inLog(user(ids.of(new Uid("ann"))))).isEqualTo(ids.of(new Uid("ann")));
        assertThat(ids.inLog(user("a local user's id"))).isEqualTo("a local user's id");
    }

    private static UserModel user(String id) {
        var user = mock(UserModel.class);
        when(user.getId()).thenReturn(id);
        return user;
    }

    @Test
    void a_uid_whose_id_would_not_fit_into_a_column_has_none() {
        var ids = new UserIds(UUID.randomUUID().toString());

        assertThat(ids.ofRemote(new Uid("a".repeat(216))).orElseThrow()).hasSize(255);
        assertThat(ids.ofRemote(new Uid("a".repeat(217)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f:component:-",
                "f:component:_4",
                "f:component:_zz",
                "f:component:A",
                "f:component:_61",
                "local",
                "f:component:"
            })
    void an_id_that_was_not_made_here_leads_to_no_uid(String id) {
        assertThat(new UserIds("component").uidOfRemote(id)).isEmpty();
    }

    @Test
    void a_uid_has_further_ids_in_a_fixed_order_none_of_which_is_another_uids() {
        var ids = new UserIds("component");

        assertThat(ids.allOf(new Uid("uid")))
                .startsWith(ids.of(new Uid("uid")))
                .hasSize(10)
                .doesNotHaveDuplicates();
        assertThat(ids.allOf(new Uid("uid")))
                .containsExactlyElementsOf(ids.allOf(new Uid("uid")).toList());
        assertThat(ids.allOf(new Uid("uid2")))
                .doesNotContainAnyElementsOf(ids.allOf(new Uid("uid")).toList());
    }

    @Test
    void small_letters_and_digits_stay_as_they_are_and_what_stands_beside_them_does_not() {
        var ids = new UserIds("component");

        assertThat(ids.ofRemote(new Uid("az09"))).hasValue("f:component:az09");
        assertThat(ids.ofRemote(new Uid("AZ"))).hasValue("f:component:-a-z");
        assertThat(ids.ofRemote(new Uid("`{/:@["))).hasValue("f:component:_60_7b_2f_3a_40_5b");
    }
}
