package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.authentication.GigyaStep.AuthenticatorSettings;
import io.github.keycloakgigya.authentication.GigyaStep.GigyaStepFactory;
import io.github.keycloakgigya.authentication.GigyaStep.ProvenSignIn;
import io.github.keycloakgigya.failure.FailureReport;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.federation.GigyaFederations;
import io.github.keycloakgigya.federation.GigyaUsers;
import io.github.keycloakgigya.federation.admission.AccountInquiry.AccountDemands;
import io.github.keycloakgigya.monitoring.SignInMeters.Door;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.signin.LoginBinding;
import io.github.keycloakgigya.signin.ProofVerifier;
import io.github.keycloakgigya.signin.ProofVerifier.SpentProofs;
import io.github.keycloakgigya.signin.Reauthentication;
import io.github.keycloakgigya.signin.SignInPage;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.Constants;
import org.keycloak.provider.ProviderConfigProperty;

/** The step "Gigya login", as an administrator adds it to a browser flow. */
public final class GigyaAuthenticatorFactory extends GigyaStepFactory {

    public static final String PROVIDER_ID = "gigya-login";

    /** Called by Keycloak. */
    public GigyaAuthenticatorFactory() {
        super(new GigyaAuthenticator());
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayType() {
        return GigyaAuthenticator.DISPLAY_TYPE;
    }

    @Override
    public String getHelpText() {
        return "Signs a person in with a Gigya (SAP Customer Data Cloud) account.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return AuthenticatorSettings.properties();
    }

    /** The step "Gigya login" of a browser flow. */
    static final class GigyaAuthenticator extends GigyaStep {

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

    /** One request of a sign-in with a browser: shows the page, or takes what the page posted. */
    static final class BrowserSignIn {

        private final AuthenticationFlowContext context;
        private final AuthenticatorSettings settings;
        private final GigyaUsers users;
        private final Clock clock = Clock.systemUTC();
        private final LoginBinding binding;

        private BrowserSignIn(AuthenticationFlowContext context, AuthenticatorSettings settings, GigyaUsers users) {
            this.context = context;
            this.settings = settings;
            this.users = users;
            this.binding = LoginBinding.of(context.getAuthenticationSession());
        }

        static BrowserSignIn begin(AuthenticationFlowContext context) throws SettingsException {
            var settings = AuthenticatorSettings.parse(context.getAuthenticatorConfig());
            var users =
                    new GigyaFederations(context.getSession(), context.getRealm()).users(settings.federationProvider());
            return new BrowserSignIn(context, settings, users);
        }

        /** {@return the page that asks for a proof} */
        Response page() {
            return page(Optional.empty());
        }

        /** Takes a proof and ends the step, if it proves what it has to. */
        void complete(MultivaluedMap<String, String> form) throws SignInException {
            var connection = context.getSession()
                    .getProvider(GigyaConnector.class)
                    .connect(users.settings().site());
            var signIn = new ProvenSignIn(context, Door.LOGIN_PAGE, users, connection, clock);
            var verifier = new ProofVerifier(
                    connection, settings.signIn().proofMaxAge(), new SpentProofs(context.getSession()), clock);
            var uid = verifier.verify(form, settings.signIn(), binding);
            signIn.complete(
                    uid,
                    AccountDemands.since(binding.freshSince()),
                    settings.signIn().logoutFromGigya());
        }

        /** {@return the page, which tells why the proof that it brought did not do} */
        Response page(SignInException failure) {
            return page(Optional.of(failure));
        }

        private Response page(Optional<SignInException> failure) {
            var reauthentication =
                    new Reauthentication(context.getSession(), context.getAuthenticationSession()).atStep();
            return new SignInPage(context.getSession(), users.settings().site(), settings.signIn(), binding, clock)
                    .render(
                            context.getAuthenticationSession(),
                            context.form(),
                            refreshUrl(),
                            reauthentication.user(),
                            reauthentication.isDemanded(),
                            failure);
        }

        // Keycloak writes another address over that of a page which is asked for without the execution. What Gigya
        // appended to it on the way back from a redirect would be lost (SessionCodeChecks and BrowserHistoryHelper of
        // 26.7).
        private URI refreshUrl() {
            return UriBuilder.fromUri(context.getRefreshUrl(false))
                    .queryParam(Constants.EXECUTION, context.getExecution().getId())
                    .build();
        }
    }
}
