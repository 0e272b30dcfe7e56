package io.github.keycloakgigya.federation.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.UserIds;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.credential.CredentialInput;
import org.keycloak.events.Details;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.services.cors.Cors;
import org.keycloak.storage.ReadOnlyException;

/** A person who types a password into a form of Keycloak's, or an app that posts one. */
class PasswordOfFederatedUserTest {

    private static final String RIGHT = "right";

    private final Shop shop = Shop.federated(Map.of());
    private InMemoryUser ann;

    @BeforeEach
    void import_a_user() {
        shop.gigya().account("uid_ann").withVerifiedEmail("ann@example.com").withLogin("ann@example.com", RIGHT);
        ann = shop.keycloak().addUser(new UserIds(Shop.FEDERATION).of(new Uid("uid_ann")), "ann@example.com");
        ann.setFederationLink(Shop.FEDERATION);
        ann.setSingleAttribute("gigya.uid", "uid_ann");
        ann.setEmail("ann@example.com");
        ann.setEmailVerified(true);
        var cors = mock(Cors.class);
        when(cors.add(any(ResponseBuilder.class)))
                .thenAnswer(call -> call.<ResponseBuilder>getArgument(0).build());
        shop.keycloak().provide(Cors.class, cors);
    }

    @Test
    void the_password_of_the_account_lets_its_user_in_who_is_up_to_date_then() {
        shop.gigya().account("uid_ann").with("profile.firstName", "Ann");

        assertThat(isRight(RIGHT)).isTrue();
        assertThat(ann.getFirstName()).isEqualTo("Ann");
        assertThat(shop.gigya().logins()).singleElement().satisfies(login -> {
            assertThat(login.loginId()).isEqualTo("ann@example.com");
            assertThat(login.clientAddress()).contains("192.0.2.1");
        });
    }

    @Test
    void a_wrong_password_lets_nobody_in_and_is_not_tried_on_an_old_one_that_keycloak_kept() {
        var typed = UserCredentialModel.password("wrong");

        assertThat(isRight(typed)).isFalse();
        assertThat(typed.getValue()).isNull();
        assertThat(shop.gigya().calls()).containsExactly("login");
        assertThat(shop.keycloak().events()).isEmpty();
    }

    @Test
    void right_wrong_and_refused_passwords_are_counted_apart() {
        isRight(RIGHT);
        isRight("wrong");
        isRight("wrong again");
        shop.gigya().fail("login", FailureKind.UNAVAILABLE);
        assertThatThrownBy(() -> isRight(RIGHT)).isInstanceOf(WebApplicationException.class);

        assertThat(counted("success")).isEqualTo(1);
        assertThat(counted("wrong_password")).isEqualTo(2);
        assertThat(counted("gigya_unavailable")).isEqualTo(1);
    }

    private double counted(String outcome) {
        return shop.counted("keycloak.gigya.sign.ins", "door", "password", "outcome", outcome);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "long"})
    void what_nobody_types_is_wrong_and_never_sent(String kind) {
        assertThat(isRight(kind.isEmpty() ? "" : "x".repeat(1_025))).isFalse();
        assertThat(isRight((String) null)).isFalse();
        assertThat(shop.gigya().calls()).isEmpty();
    }

    @Test
    void a_password_of_1024_characters_is_sent() {
        assertThat(isRight("x".repeat(1_024))).isFalse();
        assertThat(shop.gigya().calls()).containsExactly("login");
    }

    @Test
    void a_user_who_stands_for_no_account_has_no_password_at_gigya() {
        ann.removeAttribute("gigya.uid");

        assertThat(isRight(RIGHT)).isFalse();
        assertThat(shop.gigya().calls()).isEmpty();
    }

    @Test
    void the_password_of_another_account_that_has_the_login_identifier_now_lets_nobody_in() {
        shop.gigya().delete("uid_ann");
        shop.gigya().account("uid_eve").withLogin("ann@example.com", RIGHT);

        assertThat(isRight(RIGHT)).isFalse();
        assertThat(ann.getFirstAttribute("gigya.uid")).isEqualTo("uid_ann");
        assertThat(shop.gigya().calls()).containsExactly("login");
    }

    @Test
    void a_user_whom_keycloak_knows_by_the_uid_alone_is_told_that_a_password_will_not_do() {
        shop.federation(Map.of("usernameField", "UID", "fieldMappings", "[]"));

        assertRefused(Optional.of("account_incomplete"));
        assertThat(shop.gigya().calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ACCOUNT_NOT_FOUND, account_not_found, user_not_found, 400, invalid_grant",
        "ACCOUNT_LOCKED, account_disabled, user_temporarily_disabled, 400, invalid_grant",
        "ACCOUNT_DISABLED, account_disabled, user_disabled, 400, invalid_grant",
        "ACCOUNT_INCOMPLETE, account_incomplete, resolve_required_actions, 400, invalid_grant",
        "STEP_REQUIRED, account_incomplete, resolve_required_actions, 400, invalid_grant",
        "PROOF_REFUSED, gigya_unavailable, identity_provider_error, 503, temporarily_unavailable",
        "UNAVAILABLE, gigya_unavailable, identity_provider_error, 503, temporarily_unavailable",
        "MISCONFIGURED, gigya_misconfigured, invalid_config, 500, server_error"
    })
    void what_is_not_a_wrong_password_is_not_called_one(
            FailureKind answer, String error, String eventError, int status, String oauthError) {
        shop.gigya().fail("login", answer);

        assertThatThrownBy(() -> isRight(RIGHT)).isInstanceOfSatisfying(WebApplicationException.class, refused -> {
            assertThat(refused.getResponse().getStatus()).isEqualTo(status);
            assertThat(((OAuth2ErrorRepresentation) refused.getResponse().getEntity()).getError())
                    .isEqualTo(oauthError);
        });
        assertThat(shop.keycloak().events()).singleElement().satisfies(event -> {
            assertThat(event.getError()).isEqualTo(eventError);
            assertThat(event.getUserId()).isEqualTo(ann.getId());
            assertThat(event.getDetails())
                    .containsEntry("gigya_error", error)
                    .containsEntry("gigya_uid", "uid_ann")
                    .containsEntry("gigya_error_code", Integer.toString(400_000 + answer.ordinal()))
                    .containsEntry("gigya_call_id", "call-id");
        });
    }

    @Test
    void a_person_at_a_form_is_led_back_to_it_with_a_text_that_is_true() {
        var login = shop.keycloak().login();
        login.setAuthNote("current.authentication.execution", "step");
        login.setAuthNote("ATTEMPTED_USERNAME", "ann@example.com");
        shop.gigya().fail("login", FailureKind.ACCOUNT_LOCKED);

        assertThatThrownBy(() -> isRight(RIGHT)).isInstanceOfSatisfying(WebApplicationException.class, refused -> {
            assertThat(refused.getResponse().getStatus()).isEqualTo(303);
            assertThat(refused.getResponse().getLocation())
                    .asString()
                    .startsWith("https://id.example.com/realms/shop/login-actions/authenticate?execution=step");
        });
        assertThat(login.getAuthNote("forwardedErrorMessage")).isEqualTo("gigyaPasswordLocked");
        assertThat(shop.keycloak().events())
                .singleElement()
                .satisfies(event -> assertThat(event.getDetails())
                        .containsEntry(Details.USERNAME, "ann@example.com")
                        .containsEntry(Details.CODE_ID, "root"));
    }

    @Test
    void an_app_whose_login_shows_no_page_is_answered_at_once() {
        shop.keycloak().login();
        shop.gigya().fail("login", FailureKind.ACCOUNT_LOCKED);

        assertThatThrownBy(() -> isRight(RIGHT))
                .isInstanceOfSatisfying(
                        WebApplicationException.class,
                        refused -> assertThat(refused.getResponse().getStatus()).isEqualTo(400));
    }

    @Test
    void a_right_password_lets_nobody_in_where_gigya_does_not_say_what_the_account_is_like_now() {
        shop.gigya().fail("getJwt", FailureKind.UNAVAILABLE);

        assertRefused(Optional.of("gigya_unavailable"));
        assertThat(ann.isEnabled()).isTrue();
    }

    @Test
    void a_user_whose_account_is_deleted_between_the_two_calls_is_disabled() {
        shop.gigya().fail("getJwt", FailureKind.ACCOUNT_NOT_FOUND);

        assertRefused(Optional.of("account_not_found"));
        assertThat(ann.isEnabled()).isFalse();
    }

    @Test
    void a_user_whose_new_name_is_anothers_is_told_so() {
        var owner = shop.keycloak().addUser("2", "new@example.com");
        owner.setEmail("new@example.com");
        owner.setEmailVerified(true);
        shop.gigya().account("uid_ann").withVerifiedEmail("new@example.com");

        assertRefused(Optional.of("account_conflict"));
    }

    @Test
    void settings_that_cannot_be_used_are_no_wrong_password() {
        shop.federation(Map.of("apiKey", "nonsense"));

        assertRefused(Optional.of("gigya_misconfigured"));
    }

    @Test
    void where_users_are_not_imported_one_call_is_enough() {
        shop.federation(Map.of("importEnabled", "false"));

        assertThat(isRight(RIGHT)).isTrue();
        assertThat(shop.gigya().calls()).containsExactly("login");
    }

    @Test
    void keycloak_checks_a_password_that_it_keeps_where_local_ones_come_first() {
        shop.federation(Map.of("passwordCheck", "localFirst"));
        var typed = UserCredentialModel.password("of keycloak");
        ann.keepPassword();

        assertThat(isRight(typed)).isFalse();
        assertThat(typed.getValue()).isEqualTo("of keycloak");
        assertThat(shop.gigya().calls()).isEmpty();
        assertThat(passwords().getCredentials(shop.realm(), ann)).isEmpty();
    }

    @Test
    void gigya_checks_where_local_ones_come_first_and_there_is_none() {
        shop.federation(Map.of("passwordCheck", "localFirst"));

        assertThat(isRight(RIGHT)).isTrue();
        assertThat(passwords().updateCredential(shop.realm(), ann, UserCredentialModel.password("new")))
                .isFalse();
    }

    @Test
    void gigya_is_never_asked_where_the_check_is_off() {
        shop.federation(Map.of("passwordCheck", "off"));

        assertThat(isRight(RIGHT)).isFalse();
        assertThat(passwords().supportsCredentialType(PasswordCredentialModel.TYPE))
                .isFalse();
        assertThat(passwords().getCredentials(shop.realm(), ann)).isEmpty();
        assertThat(passwords().updateCredential(shop.realm(), ann, UserCredentialModel.password("new")))
                .isFalse();
        assertThat(shop.gigya().calls()).isEmpty();
    }

    @Test
    void a_password_is_not_changed_here_where_gigya_keeps_it() {
        assertThatThrownBy(() -> passwords().updateCredential(shop.realm(), ann, UserCredentialModel.password("new")))
                .isInstanceOf(ReadOnlyException.class)
                .hasMessage("gigyaPasswordReadOnly");
        assertThat(passwords().getDisableableCredentialTypesStream(shop.realm(), ann))
                .isEmpty();
        assertThat(passwords().isConfiguredFor(shop.realm(), ann, PasswordCredentialModel.TYPE))
                .isTrue();
        assertThat(passwords().getCredentials(shop.realm(), ann))
                .singleElement()
                .satisfies(password -> {
                    assertThat(password.getType()).isEqualTo(PasswordCredentialModel.TYPE);
                    assertThat(password.getFederationLink()).isEqualTo(Shop.FEDERATION);
                    assertThat(password.getCreatedDate()).isNotNull().isEqualTo(ann.getCreatedTimestamp());
                });
    }

    @Test
    void a_second_factor_is_keycloaks_own_matter() {
        var code = new UserCredentialModel("", OTPCredentialModel.TYPE, "123456");

        assertThat(passwords().supportsCredentialType(OTPCredentialModel.TYPE)).isFalse();
        assertThat(passwords().isValid(shop.realm(), ann, code)).isFalse();
        assertThat(passwords().updateCredential(shop.realm(), ann, code)).isFalse();
        assertThat(passwords().isValid(shop.realm(), ann, passwordOfAnotherKind()))
                .isFalse();
        assertThat(shop.gigya().calls()).isEmpty();
    }

    @Test
    void a_setting_that_is_no_choice_does_not_open_the_door_to_passwords_of_keycloak() {
        shop.federation(Map.of("passwordCheck", "sometimes"));

        assertThat(passwords().supportsCredentialType(PasswordCredentialModel.TYPE))
                .isTrue();
        assertRefused(Optional.of("gigya_misconfigured"));
    }

    private boolean isRight(String password) {
        return isRight(UserCredentialModel.password(password));
    }

    private boolean isRight(UserCredentialModel password) {
        return passwords().isValid(shop.realm(), user(), password);
    }

    private UserModel user() {
        return shop.session().users().getUserById(shop.realm(), ann.getId());
    }

    private UserPasswords passwords() {
        return new UserPasswords(shop.session(), shop.realm().getComponent(Shop.FEDERATION));
    }

    private void assertRefused(Optional<String> error) {
        assertThatThrownBy(() -> isRight(RIGHT)).isInstanceOf(WebApplicationException.class);
        assertThat(shop.keycloak().events())
                .extracting(event -> Optional.ofNullable(event.getDetails().get("gigya_error")))
                .containsExactly(error);
    }

    private static CredentialInput passwordOfAnotherKind() {
        var input = mock(CredentialInput.class);
        when(input.getType()).thenReturn(PasswordCredentialModel.TYPE);
        return input;
    }
}
