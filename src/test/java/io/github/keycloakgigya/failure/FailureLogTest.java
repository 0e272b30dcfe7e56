package io.github.keycloakgigya.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.monitoring.SignInMeters.Door;
import io.github.keycloakgigya.settings.SettingsException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.RealmModel;

class FailureLogTest {

    private static final SignInException BAD_PROOF = SignInException.of(SignInError.PROOF_INVALID, "forged");
    private static final SignInException OUTAGE = SignInException.of(GigyaException.unavailable("down"));
    private static final SignInException REFUSAL =
            SignInException.of(GigyaException.answered(FailureKind.MISCONFIGURED, "wrong secret", 403003, "call"));
    private static final SignInException UNUSABLE = SignInException.of(new SettingsException("gigyaNoFederation"));
    private static final SignInException MISFIT =
            SignInException.of(SignInError.GIGYA_MISCONFIGURED, "no signatures with bearer");

    private final RealmModel realm = mock(RealmModel.class);

    @BeforeEach
    void name_the_realm() {
        when(realm.getName()).thenReturn("shop");
    }

    @Test
    void a_step_tells_which_realm_it_is_of() {
        var log = FailureReport.ofStep(Door.DIRECT_GRANT, "Gigya direct grant", realm);

        assertThat(log.door()).isEqualTo(Door.DIRECT_GRANT);
        assertThat(told(log, BAD_PROOF)).containsExactly("DEBUG Sign-in failed (proof_invalid): forged");
        assertThat(told(log, OUTAGE))
                .containsExactly(
                        "DEBUG Sign-in failed (gigya_unavailable): down",
                        "WARN Gigya gave no usable answer for a sign-in of realm shop: down");
        assertThat(told(log, REFUSAL))
                .containsExactly(
                        "DEBUG Sign-in failed (gigya_misconfigured): wrong secret",
                        "ERROR Gigya refuses the settings of realm shop: wrong secret");
        assertThat(told(log, MISFIT))
                .containsExactly(
                        "DEBUG Sign-in failed (gigya_misconfigured): no signatures with bearer",
                        "ERROR Gigya refuses the settings of realm shop: no signatures with bearer");
        assertThat(told(log, UNUSABLE))
                .containsExactly(
                        "ERROR The step \"Gigya direct grant\" of realm shop can't be used: gigyaNoFederation[]");
    }

    @Test
    void an_identity_provider_tells_its_alias_as_well() {
        var log = FailureReport.ofPage("gigya", realm);

        assertThat(log.door()).isEqualTo(Door.IDENTITY_PROVIDER);
        assertThat(told(log, BAD_PROOF)).containsExactly("DEBUG Sign-in failed (proof_invalid): forged");
        assertThat(told(log, OUTAGE))
                .containsExactly(
                        "DEBUG Sign-in failed (gigya_unavailable): down",
                        "WARN Gigya gave no usable answer for a sign-in by the identity provider gigya of realm shop:"
                                + " down");
        assertThat(told(log, REFUSAL))
                .containsExactly(
                        "DEBUG Sign-in failed (gigya_misconfigured): wrong secret",
                        "ERROR Gigya refuses the settings of the identity provider gigya of realm shop: wrong secret");
        assertThat(told(log, UNUSABLE))
                .containsExactly(
                        "DEBUG Sign-in failed (gigya_misconfigured): gigyaNoFederation[]",
                        "ERROR The identity provider gigya of realm shop can't be used: gigyaNoFederation[]");
        assertThat(told(log, MISFIT))
                .containsExactly("DEBUG Sign-in failed (gigya_misconfigured): no signatures with bearer");
    }

    @Test
    void apps_are_told_apart_at_level_debug() {
        var exchange = FailureReport.ofExchange("gigya", realm);
        var grant = FailureReport.ofGrant("gigya", realm);

        assertThat(exchange.door()).isEqualTo(Door.TOKEN_EXCHANGE);
        assertThat(told(exchange, BAD_PROOF))
                .containsExactly("DEBUG A token was not exchanged (proof_invalid): forged");
        assertThat(grant.door()).isEqualTo(Door.JWT_GRANT);
        assertThat(told(grant, BAD_PROOF)).containsExactly("DEBUG An assertion was refused (proof_invalid): forged");
        assertThat(told(grant, OUTAGE)).hasSize(2).last().asString().startsWith("WARN ");
    }

    @Test
    void an_importer_tells_the_provider_that_it_maps_for() {
        var log = FailureReport.ofImporter("import", "oidc", realm);

        assertThat(log.door()).isEqualTo(Door.ACCOUNT_IMPORTER);
        assertThat(told(log, BAD_PROOF)).containsExactly("DEBUG Sign-in failed (proof_invalid): forged");
        assertThat(told(log, OUTAGE))
                .containsExactly(
                        "DEBUG Sign-in failed (gigya_unavailable): down",
                        "WARN Gigya gave no usable answer for a mapper of the identity provider oidc of realm shop:"
                                + " down");
        assertThat(told(log, REFUSAL))
                .containsExactly(
                        "DEBUG Sign-in failed (gigya_misconfigured): wrong secret",
                        "ERROR Gigya refuses the settings that a mapper of the identity provider oidc of realm shop"
                                + " takes: wrong secret");
        assertThat(told(log, UNUSABLE))
                .containsExactly(
                        "DEBUG Sign-in failed (gigya_misconfigured): gigyaNoFederation[]",
                        "ERROR The mapper import of the identity provider oidc of realm shop can't be used:"
                                + " gigyaNoFederation[]");
    }

    @Test
    void a_password_form_tells_whose_password_it_was() {
        var log = FailureReport.ofPassword("f:1", realm);

        assertThat(log.door()).isEqualTo(Door.PASSWORD);
        assertThat(told(log, SignInException.of(SignInError.PASSWORD_LOCKED, "locked")))
                .containsExactly("DEBUG Sign-in of user f:1 by password failed (account_disabled): locked");
        assertThat(told(log, OUTAGE.atPassword()))
                .containsExactly(
                        "DEBUG Sign-in of user f:1 by password failed (gigya_unavailable): down",
                        "WARN Gigya gave no usable answer for a password of realm shop: down");
        assertThat(told(log, REFUSAL.atPassword()))
                .containsExactly(
                        "DEBUG Sign-in of user f:1 by password failed (gigya_misconfigured): wrong secret",
                        "ERROR Gigya refuses the settings of realm shop: wrong secret");
        assertThat(told(log, UNUSABLE.atPassword()))
                .containsExactly(
                        "DEBUG Sign-in of user f:1 by password failed (gigya_misconfigured): gigyaNoFederation[]",
                        "ERROR Gigya refuses the settings of realm shop: gigyaNoFederation[]");
    }

    @Test
    void a_look_up_is_an_error_where_the_settings_are_to_be_mended() {
        var log = FailureReport.ofLookUp("federation");

        assertThat(log.door()).isEqualTo(Door.USER_LOOK_UP);
        assertThat(told(log, SignInException.ofLookUp(GigyaException.unavailable("down"))))
                .containsExactly("WARN User federation federation could not look a user up: down");
        assertThat(told(log, SignInException.of(SignInError.LOOK_UP_MISCONFIGURED, "wrong secret")))
                .containsExactly("ERROR User federation federation could not look a user up: wrong secret");
    }

    private static List<String> told(FailureReport log, SignInException failure) {
        try (var lines = new LogLines(FailureReport.class)) {
            log.tellLog(failure);
            return lines.lines();
        }
    }
}
