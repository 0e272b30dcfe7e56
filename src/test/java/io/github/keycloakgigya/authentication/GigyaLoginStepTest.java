package io.github.keycloakgigya.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.authentication.GigyaAuthenticatorFactory.GigyaAuthenticator;
import io.github.keycloakgigya.authentication.GigyaStep.ProvenSignIn.SignOutNote;
import io.github.keycloakgigya.federation.ReleaseMark;
import io.github.keycloakgigya.inmemory.InMemoryGigya;
import io.github.keycloakgigya.inmemory.InMemoryStep;
import io.github.keycloakgigya.inmemory.InMemoryStep.End;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.UserSessionModel;

/** The step "Gigya login": what a browser posts, and whom it signs in. */
class GigyaLoginStepTest {

    private final Shop shop = Shop.federated(Map.of());
    private final GigyaAuthenticator step = new GigyaAuthenticator();

    @BeforeEach
    void open_an_account() {
        shop.gigya().account("uid_ann").withVerifiedEmail("ann@example.com");
    }

    @Test
    void the_page_is_shown_with_an_audience_that_belongs_to_this_login() {
        var context = open();
        step.authenticate(context);

        assertThat(context.end()).isEqualTo(End.CHALLENGE);
        assertThat(context.answer().getStatus()).isEqualTo(200);
        assertThat(audience(context)).startsWith("keycloak-");
    }

    @Test
    void a_token_that_was_made_for_this_login_signs_its_account_in() {
        var context = posted("uid_ann");

        step.action(context);

        assertThat(context.end()).isEqualTo(End.SUCCESS);
        assertThat(context.getUser().getUsername()).isEqualTo("ann@example.com");
        assertThat(context.getUser().getFirstAttribute("gigya.uid")).isEqualTo("uid_ann");
        assertThat(context.getEvent().getEvent().getUserId())
                .isEqualTo(context.getUser().getId());
        assertThat(context.getEvent().getEvent().getDetails()).containsEntry("gigya_uid", "uid_ann");
    }

    @Test
    void the_session_remembers_which_gigya_session_ends_with_it_unless_the_settings_say_otherwise() {
        var context = posted("uid_ann");
        step.action(context);
        var session = mock(UserSessionModel.class);
        context.login()
                .getUserSessionNotes()
                .forEach((name, value) -> when(session.getNote(name)).thenReturn(value));
        assertThat(SignOutNote.of(session)).contains(new SignOutNote(Shop.FEDERATION, new Uid("uid_ann")));

        var without = posted("uid_ann").with("logoutFromGigya", "false");
        step.action(without);
        assertThat(without.login().getUserSessionNotes()).isEmpty();
    }

    @Test
    void a_token_for_another_login_or_for_nobody_signs_nobody_in() {
        var other = open();
        step.authenticate(other);
        other.posting(
                "id_token",
                InMemoryGigya.accountToken("uid_ann")
                        .with("aud", "keycloak-another")
                        .signed());
        assertRefused(other, "proof_invalid", "gigyaErrorProofInvalid");

        var none = open();
        step.authenticate(none);
        none.posting("id_token", InMemoryGigya.accountToken("uid_ann").signed());
        assertRefused(none, "proof_invalid", "gigyaErrorProofInvalid");
    }

    @Test
    void a_login_whose_page_was_never_shown_takes_no_token() {
        var context =
                open().posting("id_token", InMemoryGigya.signInToken("uid_ann").signed());

        assertRefused(context, "proof_invalid", "gigyaErrorProofInvalid");
    }

    @Test
    void an_empty_form_signs_nobody_in() {
        assertRefused(open(), "proof_invalid", "gigyaErrorProofInvalid");
    }

    @Test
    void a_person_may_cancel() {
        var context = open().posting("cancel", "true");

        step.action(context);

        assertThat(context.end()).isEqualTo(End.CANCELLED);
    }

    @Test
    void only_the_user_whom_an_earlier_step_named_may_sign_in() {
        var context = posted("uid_ann");
        context.setUser(federated("uid_ben", "ben"));
        assertRefused(context, "proof_invalid", "gigyaErrorOtherAccount");

        var same = posted("uid_ann");
        same.setUser(federated("uid_ann", "ann"));
        step.action(same);
        assertThat(same.end()).isEqualTo(End.SUCCESS);
    }

    @Test
    void a_disabled_user_is_kept_out_before_gigya_is_asked_unless_only_the_account_was_missing() {
        var user = federated("uid_ann", "ann");
        user.setEnabled(false);
        assertRefused(posted("uid_ann"), "account_disabled", "gigyaErrorAccountDisabled");
        assertThat(shop.gigya().calls()).isEmpty();

        user.setSingleAttribute("gigya.missing", "true");
        var context = posted("uid_ann");
        step.action(context);
        assertThat(context.end()).isEqualTo(End.SUCCESS);
        assertThat(user.isEnabled()).isTrue();
    }

    @Test
    void who_has_left_is_told_so_before_gigya_is_asked_and_the_event_names_the_user() {
        var user = federated("uid_ann", "ann");
        new ReleaseMark(shop.session(), shop.realm(), Shop.FEDERATION).put(user);
        var context = posted("uid_ann");

        assertRefused(context, "account_released", "gigyaErrorAccountReleased");
        assertThat(shop.gigya().calls()).isEmpty();
        assertThat(context.getEvent().getEvent().getUserId()).isEqualTo(user.getId());
    }

    @Test
    void an_old_user_who_is_linked_a_moment_ago_is_kept_out_while_locked() {
        shop.federation(Map.of("existingUserPolicy", "linkVerifiedEmail"));
        var old = shop.keycloak().addUser("1", "ann");
        old.setEmail("ann@example.com");
        old.setEmailVerified(true);
        shop.keycloak().lock(old);

        assertRefused(posted("uid_ann"), "account_disabled", "gigyaErrorAccountDisabled");
    }

    @Test
    void sign_ins_are_counted_by_how_they_ended() {
        step.action(posted("uid_ann"));
        step.action(open());

        assertThat(shop.counted("keycloak.gigya.sign.ins", "door", "login_page", "outcome", "success"))
                .isEqualTo(1);
        assertThat(shop.counted("keycloak.gigya.sign.ins", "door", "login_page", "outcome", "proof_invalid"))
                .isEqualTo(1);
    }

    @Test
    void a_user_whose_account_is_gone_is_disabled_and_told_so() {
        var user = federated("uid_gone", "gone");

        assertRefused(posted("uid_gone"), "account_not_found", "gigyaErrorAccountNotFound");
        assertThat(user.isEnabled()).isFalse();
    }

    @Test
    void a_user_whose_account_is_disabled_is_disabled_and_told_so() {
        var user = federated("uid_ann", "ann");
        shop.gigya().fail("getJwt", FailureKind.ACCOUNT_DISABLED);

        assertRefused(posted("uid_ann"), "account_disabled", "gigyaErrorAccountDisabled");
        assertThat(user.isEnabled()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, gigya_unavailable, gigyaErrorUnavailable",
        "MISCONFIGURED, gigya_misconfigured, gigyaErrorMisconfigured",
        "ACCOUNT_LOCKED, account_disabled, gigyaErrorAccountDisabled",
        "ACCOUNT_INCOMPLETE, account_incomplete, gigyaErrorAccountIncomplete"
    })
    void whatever_else_gigya_says_disables_nobody(FailureKind failure, String error, String text) {
        var user = federated("uid_ann", "ann");
        shop.gigya().fail("getJwt", failure);

        assertRefused(posted("uid_ann"), error, text);
        assertThat(user.isEnabled()).isTrue();
    }

    @Test
    void an_account_whose_name_is_another_users_is_refused() {
        var owner = shop.keycloak().addUser("1", "ann@example.com");

        assertRefused(posted("uid_ann"), "account_conflict", "gigyaErrorAccountConflict");
        assertThat(shop.keycloak().users().all()).containsExactly(owner);
    }

    @Test
    void a_new_account_waits_until_gigya_says_whether_its_address_is_verified() {
        shop.gigya().fail("getAccountInfo", FailureKind.UNAVAILABLE);

        assertRefused(posted("uid_ann"), "gigya_unavailable", "gigyaErrorUnavailable");
        assertThat(shop.keycloak().users().all()).isEmpty();
    }

    @Test
    void a_login_that_demands_a_new_sign_in_takes_no_older_one() {
        shop.gigya().account("uid_ann").lastSignedInAt(Instant.now().minusSeconds(600));
        var context = open();
        context.login().setClientNote("max_age", "0");
        step.authenticate(context);
        context.posting("id_token", token(context, "uid_ann"));
        assertRefused(context, "proof_expired", "gigyaErrorProofExpired");
        assertThat(shop.keycloak().users().all()).isEmpty();

        shop.gigya().account("uid_ann").lastSignedInAt(Instant.now());
        context.posting(
                "id_token",
                InMemoryGigya.accountToken("uid_ann")
                        .with("aud", audience(context))
                        .with("exp", Instant.now().getEpochSecond() + 70)
                        .signed());
        step.action(context);
        assertThat(context.end()).isEqualTo(End.SUCCESS);
    }

    @Test
    void a_step_that_cannot_be_used_says_so_and_nothing_else() {
        var context = open().with("federationProvider", "nowhere");
        step.authenticate(context);

        assertThat(context.end()).isEqualTo(End.CHALLENGE);
        assertThat(context.answer().getStatus()).isEqualTo(500);
        verify(context.form()).setError("gigyaErrorMisconfigured");
        assertThat(shop.keycloak().events())
                .singleElement()
                .satisfies(event -> assertThat(event.getDetails()).containsEntry("gigya_error", "gigya_misconfigured"));

        shop.keycloak().events().clear();
        var action = open().with("federationProvider", "nowhere");
        step.action(action);
        assertThat(action.answer().getStatus()).isEqualTo(500);
    }

    private InMemoryStep open() {
        shop.keycloak().commit();
        return InMemoryStep.of(shop.keycloak());
    }

    private InMemoryStep posted(String uid) {
        var context = open();
        step.authenticate(context);
        return context.posting("id_token", token(context, uid));
    }

    private static String token(InMemoryStep context, String uid) {
        return InMemoryGigya.accountToken(uid).with("aud", audience(context)).signed();
    }

    private static String audience(InMemoryStep context) {
        return context.login().getAuthNote("gigya.audience");
    }

    private InMemoryUser federated(String uid, String username) {
        var user = shop.keycloak().addUser("id of " + uid, username);
        user.setFederationLink(Shop.FEDERATION);
        user.setSingleAttribute("gigya.uid", uid);
        return user;
    }

    private void assertRefused(InMemoryStep context, String error, String text) {
        shop.keycloak().events().clear();
        step.action(context);
        assertThat(context.end()).isEqualTo(End.CHALLENGE);
        verify(context.form()).setError(text);
        assertThat(shop.keycloak().events())
                .singleElement()
                .satisfies(event -> assertThat(event.getDetails()).containsEntry("gigya_error", error));
    }
}
