package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.failure.FailureReport;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.monitoring.SignInMeters.Door;
import io.github.keycloakgigya.settings.SettingsException;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.AuthenticationFlowContext;

/** The step "Gigya login" of a browser flow. */
final class GigyaAuthenticator extends GigyaStep {

    /** What the admin console calls the step. */
    static final String DISPLAY_TYPE = "Gigya login";

    private static final String CANCEL = "cancel";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        try {
            context.challenge(BrowserSignIn.begin(context).page());
        } catch (SettingsException wrong) {
            refuseToStart(context, wrong);
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        var form = context.getHttpRequest().getDecodedFormParameters();
        if (form.containsKey(CANCEL)) {
            context.cancelLogin();
            return;
        }
        try {
            var signIn = BrowserSignIn.begin(context);
            try {
                signIn.complete(form);
            } catch (SignInException failed) {
                tell(context, failed);
                context.challenge(signIn.page(failed));
            }
        } catch (SettingsException wrong) {
            refuseToStart(context, wrong);
        }
    }

    // Without settings there is no page to show: neither the site nor the screen-set is known.
    private static void refuseToStart(AuthenticationFlowContext context, SettingsException wrong) {
        var misconfigured = SignInException.of(wrong);
        tell(context, misconfigured);
        context.challenge(context.form()
                .setError(misconfigured.error().messageKey())
                .createErrorPage(Response.Status.INTERNAL_SERVER_ERROR));
    }

    private static void tell(AuthenticationFlowContext context, SignInException failure) {
        var report = FailureReport.ofStep(Door.LOGIN_PAGE, DISPLAY_TYPE, context.getRealm());
        report.send(context.getSession(), failure, context.getEvent());
    }
}
