package io.github.keycloakgigya.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.sessions.AuthenticationSessionModel;

class LoginBindingTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.250Z");

    private final Map<String, String> authNotes = new HashMap<>();
    private final LoginBinding binding = LoginBinding.of(login(authNotes));

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
        var other = LoginBinding.of(login(new HashMap<>()));

        assertThat(binding.newOrKnownAudience())
                .isNotEqualTo(other.newOrKnownAudience())
                .matches("keycloak-[A-Za-z0-9]{32}");
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

        authNotes.clear(); // what Keycloak's resetFlow does

        assertThat(binding.newOrKnownAudience()).isNotEqualTo(audience);
        assertThat(binding.freshSince()).contains(NOW);
    }

    private static AuthenticationSessionModel login(Map<String, String> authNotes) {
        Map<String, String> clientNotes = new HashMap<>();
        var login = mock(AuthenticationSessionModel.class);
        when(login.getAuthNote(anyString())).thenAnswer(call -> authNotes.get(call.<String>getArgument(0)));
        doAnswer(call -> authNotes.put(call.getArgument(0), call.getArgument(1)))
                .when(login)
                .setAuthNote(anyString(), anyString());
        when(login.getClientNote(anyString())).thenAnswer(call -> clientNotes.get(call.<String>getArgument(0)));
        doAnswer(call -> clientNotes.put(call.getArgument(0), call.getArgument(1)))
                .when(login)
                .setClientNote(anyString(), anyString());
        return login;
    }
}
