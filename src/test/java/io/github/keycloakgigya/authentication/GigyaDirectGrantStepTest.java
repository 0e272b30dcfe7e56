package io.github.keycloakgigya.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.authentication.GigyaDirectGrantFactory.GigyaDirectGrant;
import io.github.keycloakgigya.inmemory.InMemoryGigya;
import io.github.keycloakgigya.inmemory.InMemoryStep;
import io.github.keycloakgigya.inmemory.InMemoryStep.End;
import io.github.keycloakgigya.inmemory.Shop;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;

/** The step "Gigya direct grant": what an app posts, and whom it signs in. */
class GigyaDirectGrantStepTest {

    private final Shop shop = Shop.federated(Map.of());
    private final GigyaDirectGrant step = new GigyaDirectGrant();

    @BeforeEach
    void open_an_account() {
        shop.gigya().account("uid_ann").withVerifiedEmail("ann@example.com");
    }

    @Test
    void the_token_of_a_sign_in_is_taken_once() {
        var token = InMemoryGigya.signInToken("uid_ann").signed();
        var first = posting(token);
        step.authenticate(first);
        assertThat(first.end()).isEqualTo(End.SUCCESS);
        assertThat(first.getUser().getFirstAttribute("gigya.uid")).isEqualTo("uid_ann");

        assertRefused(posting(token), 400, "invalid_grant", "proof_replayed");
    }

    @Test
    void a_token_that_was_made_for_the_realm_is_taken_and_one_for_others_is_not() {
        var token = InMemoryGigya.accountToken("uid_ann");
        var context =
                posting(token.with("aud", "https://id.example.com/realms/shop").signed());
        step.authenticate(context);
        assertThat(context.end()).isEqualTo(End.SUCCESS);

        assertRefused(posting(token.signed()), 400, "invalid_grant", "proof_invalid");
        assertRefused(posting(token.with("aud", "another").signed()), 400, "invalid_grant", "proof_invalid");
    }

    @Test
    void an_app_that_posts_nothing_is_refused_and_told_what_is_missing() {
        var context = open();

        assertRefused(context, 400, "invalid_grant", "proof_invalid");
        assertThat(((OAuth2ErrorRepresentation) context.answer().getEntity()).getErrorDescription())
                .startsWith("No proof was sent: gigya_id_token");
    }

    @Test
    void an_app_that_posts_nothing_is_left_to_an_alternative_that_follows() {
        step(Requirement.ALTERNATIVE, 20);
        var context = alternative(open(), 10);

        step.authenticate(context);

        assertThat(context.end()).isEqualTo(End.ATTEMPTED);
        assertThat(shop.keycloak().events()).isEmpty();
    }

    @Test
    void an_app_that_posts_nothing_is_refused_where_no_alternative_follows() {
        step(Requirement.REQUIRED, 30);
        step(Requirement.ALTERNATIVE, 10);
        step(Requirement.ALTERNATIVE, 20);

        assertRefused(alternative(open(), 20), 400, "invalid_grant", "proof_invalid");
    }

    @Test
    void a_proof_that_is_wrong_is_refused_whatever_follows() {
        step(Requirement.ALTERNATIVE, 20);

        assertRefused(alternative(posting("nonsense"), 10), 400, "invalid_grant", "proof_invalid");
    }

    @Test
    void an_outage_and_wrong_settings_are_not_called_a_bad_proof() {
        shop.gigya().fail("getJwt", FailureKind.UNAVAILABLE);
        assertRefused(
                posting(InMemoryGigya.signInToken("uid_ann").signed()),
                503,
                "temporarily_unavailable",
                "gigya_unavailable");
        assertRefused(
                posting(InMemoryGigya.signInToken("uid_ann").signed()).with("federationProvider", "nowhere"),
                500,
                "server_error",
                "gigya_misconfigured");
    }

    private void step(Requirement requirement, int priority) {
        shop.keycloak().realm().add(inFlow(new AuthenticationExecutionModel(), requirement, priority));
    }

    private static InMemoryStep alternative(InMemoryStep context, int priority) {
        inFlow(context.getExecution(), Requirement.ALTERNATIVE, priority);
        return context;
    }

    private static AuthenticationExecutionModel inFlow(
            AuthenticationExecutionModel step, Requirement requirement, int priority) {
        step.setParentFlow("direct grant");
        step.setRequirement(requirement);
        step.setPriority(priority);
        return step;
    }

    private InMemoryStep open() {
        shop.keycloak().commit();
        return InMemoryStep.of(shop.keycloak());
    }

    private InMemoryStep posting(String token) {
        return open().posting("gigya_id_token", token);
    }

    private void assertRefused(InMemoryStep context, int status, String oauthError, String error) {
        shop.keycloak().events().clear();
        step.authenticate(context);
        assertThat(context.end()).isEqualTo(End.CHALLENGE);
        assertThat(context.answer().getStatus()).isEqualTo(status);
        assertThat(((OAuth2ErrorRepresentation) context.answer().getEntity()).getError())
                .isEqualTo(oauthError);
        assertThat(shop.keycloak().events())
                .singleElement()
                .satisfies(event -> assertThat(event.getDetails()).containsEntry("gigya_error", error));
    }
}
