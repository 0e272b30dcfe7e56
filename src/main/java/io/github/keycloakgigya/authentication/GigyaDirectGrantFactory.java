package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.authentication.GigyaStep.AuthenticatorSettings;
import io.github.keycloakgigya.authentication.GigyaStep.GigyaStepFactory;
import io.github.keycloakgigya.authentication.GigyaStep.ProvenSignIn;
import io.github.keycloakgigya.failure.FailureReport;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.federation.GigyaFederations;
import io.github.keycloakgigya.federation.admission.AccountInquiry.AccountDemands;
import io.github.keycloakgigya.monitoring.SignInMeters.Door;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.signin.LoginBinding.AcceptedTokens;
import io.github.keycloakgigya.signin.ProofForm;
import io.github.keycloakgigya.signin.ProofVerifier;
import io.github.keycloakgigya.signin.ProofVerifier.SpentProofs;
import io.github.keycloakgigya.signin.SignInSettings;
import io.github.keycloakgigya.signin.SignInSettings.LoginProof;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.provider.ProviderConfigProperty;

/** The step "Gigya direct grant", as an administrator adds it to a direct grant flow. */
public final class GigyaDirectGrantFactory extends GigyaStepFactory {

    public static final String PROVIDER_ID = "gigya-direct-grant";

    /** Called by Keycloak. */
    public GigyaDirectGrantFactory() {
        super(new GigyaDirectGrant());
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayType() {
        return GigyaDirectGrant.DISPLAY_TYPE;
    }

    @Override
    public String getHelpText() {
        return "Signs a person in who is signed in at Gigya (SAP Customer Data Cloud) in an app. For direct grant flows.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return DirectGrantSettings.properties();
    }

    /**
     * The step "Gigya direct grant": takes a proof that an app posts to the token endpoint with {@code grant_type=password}
     * (RFC 6749, section 4.3).
     *
     * <p>Where it refuses, it answers with a response. An exception would roll back what was written, such as that the
     * account is missing (KeycloakErrorHandler of 26.7).
     */
    static final class GigyaDirectGrant extends GigyaStep {

        /** What the admin console calls the step. */
        static final String DISPLAY_TYPE = "Gigya direct grant";

        @Override
        public void authenticate(AuthenticationFlowContext context) {
            var form = new ProofForm(context.getHttpRequest().getDecodedFormParameters(), ProofForm.Parameters.OF_APPS);
            if (form.isEmpty() && isFollowedByAlternative(context)) {
                context.attempted();
                return;
            }
            try {
                complete(context, form);
            } catch (SignInException failed) {
                refuse(context, failed);
            } catch (SettingsException wrong) {
                refuse(context, SignInException.of(wrong));
            }
        }

        private static void complete(AuthenticationFlowContext context, ProofForm form)
                throws SignInException, SettingsException {
            if (form.isEmpty()) {
                throw SignInException.of(SignInError.PROOF_MISSING, "no proof was posted");
            }
            var session = context.getSession();
            var settings = DirectGrantSettings.parse(context.getAuthenticatorConfig());
            var users = new GigyaFederations(session, context.getRealm()).users(settings.federationProvider());
            var connection = session.getProvider(GigyaConnector.class)
                    .connect(users.settings().site());
            var clock = Clock.systemUTC();
            var signIn = new ProvenSignIn(context, Door.DIRECT_GRANT, users, connection, clock);
            var verifier = new ProofVerifier(connection, settings.proofMaxAge(), new SpentProofs(session), clock);
            var uid = verifier.verify(form.read(settings.loginProof()), AcceptedTokens.ofApps(session));
            signIn.complete(uid, AccountDemands.none(), settings.logoutFromGigya());
        }

        // An app without a Gigya session may have a password. Where nothing follows, Keycloak would answer with status
        // 500.
        private static boolean isFollowedByAlternative(AuthenticationFlowContext context) {
            var own = context.getExecution();
            return own.isAlternative()
                    && context.getRealm()
                            .getAuthenticationExecutionsStream(own.getParentFlow())
                            .filter(AuthenticationExecutionModel::isAlternative)
                            .anyMatch(other -> other.getPriority() > own.getPriority());
        }

        private static void refuse(AuthenticationFlowContext context, SignInException failed) {
            var report = FailureReport.ofStep(Door.DIRECT_GRANT, DISPLAY_TYPE, context.getRealm());
            report.send(context.getSession(), failed, context.getEvent());
            context.challenge(failed.error().refusal().response());
        }

        @Override
        public void action(AuthenticationFlowContext context) {
            // A direct grant begins and ends with one request.
        }
    }

    /**
     * The settings of the step "Gigya direct grant": those of the step "Gigya login" that have to do with no page.
     *
     * @param federationProvider name or id of the user federation; empty means the realm's only one
     * @param loginProof what the app has to show
     * @param proofMaxAge how old a proof may be, clock skew not counted
     * @param logoutFromGigya whether a sign-out in Keycloak ends the Gigya session too
     */
    record DirectGrantSettings(
            Optional<String> federationProvider, LoginProof loginProof, Duration proofMaxAge, boolean logoutFromGigya) {

        /** Parses the settings; {@code config} is null for a step that was never configured. */
        static DirectGrantSettings parse(AuthenticatorConfigModel config) throws SettingsException {
            var settings = AuthenticatorSettings.parse(config);
            return new DirectGrantSettings(
                    settings.federationProvider(),
                    settings.signIn().loginProof(),
                    settings.signIn().proofMaxAge(),
                    settings.signIn().logoutFromGigya());
        }

        /** {@return the settings as the admin console shows them} */
        static List<ProviderConfigProperty> properties() {
            return AuthenticatorSettings.withFederation(SignInSettings.propertiesOfApps());
        }
    }
}
