package io.github.keycloakgigya.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class UserIdsTest {

    @Test
    void one_account_of_one_federation_always_has_the_same_id() {
        assertThat(new UserIds("component").of("uid")).isEqualTo(new UserIds("component").of("uid"));
        assertThat(UUID.fromString(new UserIds("component").of("uid"))).isNotNull();
    }

    @Test
    void accounts_of_two_federations_have_two_ids() {
        assertThat(new UserIds("one").of("uid")).isNotEqualTo(new UserIds("two").of("uid"));
    }

    @Test
    void a_uid_can_not_be_chosen_so_that_it_meets_another_federations_user() {
        assertThat(new UserIds("a").of("bc")).isNotEqualTo(new UserIds("ab").of("c"));
    }

    @Test
    void upper_and_lower_case_are_two_accounts() {
        assertThat(new UserIds("component").of("AbC=")).isNotEqualTo(new UserIds("component").of("aBC="));
    }
}
