package io.github.keycloakgigya.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.account.StoredName.PersonName;
import java.util.List;
import org.junit.jupiter.api.Test;

class PersonNameTest {

    @Test
    void of_several_values_the_first_is_the_name() {
        assertThat(PersonName.of(List.of("Ada", "Augusta"))).hasValue(new PersonName("Ada"));
    }

    @Test
    void an_account_without_a_value_has_no_name() {
        assertThat(PersonName.of(List.of())).isEmpty();
    }

    @Test
    void a_name_that_is_too_long_for_keycloak_is_cut_so_that_its_owner_can_sign_in() {
        assertThat(PersonName.of(List.of("x".repeat(255)))).hasValue(new PersonName("x".repeat(255)));
        assertThat(PersonName.of(List.of("x".repeat(255) + "y"))).hasValue(new PersonName("x".repeat(255)));
    }

    @Test
    void a_name_does_not_show_in_a_log() {
        assertThat(new PersonName("Ada")).hasToString("PersonName[]");
    }
}
