package io.github.keycloakgigya.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginBindingTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.250Z");

    private final NotedLogin login = NotedLogin.begin();
    private final LoginBinding binding = LoginBinding.of(login.model());

    @Test
    void a_login_whose_page_was_not_shown_has_no_audience() {
        assertThat(binding.audience()).isEmpty();
    }

    @Test
    void a_page_that_is_shown_again_keeps_its_audience() {
        var audience = binding.newOrKnownAudience();

        assertThat(binding.newOrKnownAudience()).isEqualTo(audience);
        assertThat(binding.audience()).contains(audience);
    }

    @Test
    void two_logins_have_two_audiences_that_nobody_guesses() {
        var other = LoginBinding.of(NotedLogin.begin().model());

        assertThat(binding.newOrKnownAudience())
                .isNotEqualTo(other.newOrKnownAudience())
                .matches("keycloak-[A-Za-z0-9]{32}");
    }

    @Test
    void what_was_made_for_one_identity_provider_is_of_no_use_at_another() {
        var one = LoginBinding.of(login.model(), "one");
        var audience = one.newOrKnownAudience();

        assertThat(one.audience()).contains(audience);
        assertThat(LoginBinding.of(login.model(), "two").audience()).isEmpty();
        assertThat(binding.audience()).isEmpty();
    }

    @Test
    void an_open_session_will_do_until_a_new_sign_in_is_demanded() {
        assertThat(binding.freshSince()).isEmpty();

        binding.demandFreshSignIn(NOW);

        assertThat(binding.freshSince()).contains(NOW);
    }

    @Test
    void a_page_that_is_shown_again_does_not_forget_a_sign_in_since_the_first_time() {
        binding.demandFreshSignIn(NOW);
        binding.demandFreshSignIn(NOW.plusSeconds(60));

        assertThat(binding.freshSince()).contains(NOW);
    }

    @Test
    void a_restart_gives_a_login_a_new_audience_but_does_not_lift_the_demand_for_a_new_sign_in() {
        var audience = binding.newOrKnownAudience();
        binding.demandFreshSignIn(NOW);

        login.authNotes().clear(); // what Keycloak's resetFlow does

        assertThat(binding.newOrKnownAudience()).isNotEqualTo(audience);
        assertThat(binding.freshSince()).contains(NOW);
    }
}
