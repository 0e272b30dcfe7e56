package io.github.keycloakgigya.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.keycloakgigya.authentication.UsernameBeforeGigyaFactory.UsernameBeforeGigya;
import io.github.keycloakgigya.federation.ReleaseMark;
import io.github.keycloakgigya.inmemory.InMemoryStep;
import io.github.keycloakgigya.inmemory.InMemoryStep.End;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.authentication.authenticators.browser.UsernameForm;
import org.keycloak.credential.hash.PasswordHashProvider;

/** Whom the form for a user name before Gigya's page names to the flow. */
class UsernameBeforeGigyaTest {

    private final Shop shop = Shop.federated(Map.of());
    private final UsernameBeforeGigya form = new UsernameBeforeGigya(new UsernameForm());
    private final InMemoryUser left = user("1", "ann");
    private final InMemoryUser known = user("2", "ben");

    UsernameBeforeGigyaTest() {
        shop.keycloak().provide(PasswordHashProvider.class, mock(PasswordHashProvider.class));
        new ReleaseMark(shop.session(), shop.realm(), Shop.FEDERATION).put(left);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", " ANN ", "ann@example.com"})
    void who_has_left_is_named(String name) {
        var step = posted(name);

        assertThat(step.end()).isEqualTo(End.SUCCESS);
        assertThat(step.getUser()).isNotNull().extracting("id").isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ben", "ben@example.com", "nobody", "nobody@example.com", "%", "<script>"})
    void with_any_other_name_the_flow_goes_on_and_nobody_is_named(String name) {
        var step = posted(name);

        assertThat(step.end()).isEqualTo(End.SUCCESS);
        assertThat(step.getUser()).isNull();
        assertThat(step.login().getAuthNote("ATTEMPTED_USERNAME")).isEqualTo(name);
        assertThat(shop.gigya().calls()).as("Gigya is not asked who exists").isEmpty();
    }

    @Test
    void a_name_that_is_posted_later_takes_the_place_of_the_one_before() {
        var step = InMemoryStep.of(shop.keycloak()).posting("username", "ann");
        form.action(step);
        form.action(step.posting("username", "ben"));
        assertThat(step.getUser()).isNull();

        form.action(step.posting("username", "ann"));

        assertThat(step.getUser()).isEqualTo(left);
        assertThat(step.login().getAuthNote("USERNAME_HIDDEN"))
                .as("what Keycloak's own forms say has to be seen")
                .isNull();
    }

    @Test
    void somebody_who_gives_up_is_not_led_on() {
        var step = InMemoryStep.of(shop.keycloak()).posting("username", "ben").posting("cancel", "");

        form.action(step);

        assertThat(step.end()).isEqualTo(End.CANCELLED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void without_a_name_the_form_is_shown_again(String name) {
        var step = posted(name);

        assertThat(step.end()).isEqualTo(End.CHALLENGE);
    }

    @Test
    void whom_forgot_password_named_is_forgotten_and_the_form_is_shown() {
        var step = InMemoryStep.of(shop.keycloak());
        nameByForgotPassword(step);

        form.authenticate(step);

        assertThat(step.end()).as("as with a name that nobody has").isEqualTo(End.CHALLENGE);
        assertThat(step.getUser()).isNull();
        assertThat(step.login().getAuthNote("RESET_CREDENTIAL_USER_CHOSEN")).isNull();
    }

    @Test
    void whom_forgot_password_named_does_not_take_the_place_of_a_session_that_was_to_be_renewed() {
        var step = InMemoryStep.of(shop.keycloak()).posting("username", "nobody");
        nameByForgotPassword(step);
        step.login().setAuthNote("USER_SET_BEFORE_USERNAME_PASSWORD_AUTH", "true");

        form.action(step);

        assertThat(step.getUser()).isNull();
        assertThat(step.login().getAuthNote("ATTEMPTED_USERNAME")).isEqualTo("nobody");
    }

    @Test
    void a_failure_without_a_name_is_not_counted_against_whom_a_hint_named() {
        var step = InMemoryStep.of(shop.keycloak()).posting("username", "");
        step.login().setAuthNote("ATTEMPTED_USERNAME", "ben");

        form.action(step);

        assertThat(step.end()).isEqualTo(End.CHALLENGE);
        assertThat(step.login().getAuthNote("ATTEMPTED_USERNAME")).isNull();
    }

    private void nameByForgotPassword(InMemoryStep step) {
        step.setUser(known);
        step.login().setAuthNote("ATTEMPTED_USERNAME", "ben");
        step.login().setAuthNote("RESET_CREDENTIAL_USER_CHOSEN", "true");
    }

    private InMemoryStep posted(String name) {
        var step = InMemoryStep.of(shop.keycloak()).posting("username", name);
        form.action(step);
        return step;
    }

    private InMemoryUser user(String id, String name) {
        var user = shop.keycloak().addUser(id, name);
        user.setEmail(name + "@example.com");
        user.setSingleAttribute("gigya.uid", "uid_" + name);
        user.setFederationLink(Shop.FEDERATION);
        return user;
    }
}
