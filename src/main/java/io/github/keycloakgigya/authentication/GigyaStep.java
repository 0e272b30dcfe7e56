package io.github.keycloakgigya.authentication;

import static org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME;
import static org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator.USERNAME_HIDDEN;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.authentication.GigyaAuthenticatorFactory.GigyaAuthenticator;
import io.github.keycloakgigya.authentication.GigyaDirectGrantFactory.GigyaDirectGrant;
import io.github.keycloakgigya.failure.SignInEvents;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.federation.GigyaUsers;
import io.github.keycloakgigya.federation.admission.AccountAdmission;
import io.github.keycloakgigya.federation.admission.AccountInquiry.AccountDemands;
import io.github.keycloakgigya.federation.admission.Entrance;
import io.github.keycloakgigya.federation.admission.Entrance.CachedNames;
import io.github.keycloakgigya.monitoring.SignInMeters.Door;
import io.github.keycloakgigya.settings.ExtensionVersion;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.settings.SupportedServersOnly;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import io.github.keycloakgigya.signin.SignInSettings;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A step that finds out by itself who signs in: what the steps have in common, from their settings and their factory to the
 * way from a proven UID to a signed-in user. Stateless; each call sets up what it needs.
 */
abstract sealed class GigyaStep implements Authenticator permits GigyaAuthenticator, GigyaDirectGrant {

    @Override
    public final boolean requiresUser() {
        return false;
    }

    @Override
    public final boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public final void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // There is nothing to set up in Keycloak.
    }

    @Override
    public final void close() {
        // Nothing is held.
    }

    /** The way from a proven UID to a signed-in user, which every authenticator goes. */
    static final class ProvenSignIn {

        private final AuthenticationFlowContext context;
        private final Door door;
        private final GigyaUsers users;
        private final AccountAdmission admission;
        private final CachedNames names;

        /** To be made before the proof is verified, which takes time in which users may change. */
        ProvenSignIn(
                AuthenticationFlowContext context,
                Door door,
                GigyaUsers users,
                GigyaConnection connection,
                Clock clock) {
            this.names = new CachedNames(context.getSession(), context.getRealm());
            this.context = context;
            this.door = door;
            this.users = users;
            this.admission = new AccountAdmission(
                    context.getSession(), context.getRealm(), Optional.of(users), connection, clock);
        }

        /**
         * Finds the user of an account, brings it up to date with what Gigya says now, and ends the step with it.
         *
         * @param uid of the account, proven
         * @param demands what Gigya's answer has to say before anything is written
         * @param logoutFromGigya whether a sign-out in Keycloak is to end the Gigya session
         */
        void complete(Uid uid, AccountDemands demands, boolean logoutFromGigya) throws SignInException {
            new SignInEvents(context.getEvent()).proven(uid);
            // An earlier step, or a session that has to be renewed, may have named the user already.
            var entrance = Entrance.ofStep(Optional.ofNullable(context.getUser()), names, context.getEvent());
            var user = admission.admit(uid, entrance, demands).user().orElseThrow();
            if (logoutFromGigya) {
                new SignOutNote(users.componentId(), uid).leaveIn(context.getAuthenticationSession());
            }
            context.getEvent().user(user);
            nameForLaterForms(user);
            context.setUser(user);
            GigyaConnector.metersOf(context.getSession()).signIns().succeeded(door);
            context.success();
        }

        // A step that asked for a name, and named nobody, left it there. Who signs in at Gigya may be somebody else.
        private void nameForLaterForms(UserModel user) {
            var login = context.getAuthenticationSession();
            if (context.getUser() == null && login.getAuthNote(ATTEMPTED_USERNAME) != null) {
                login.setAuthNote(ATTEMPTED_USERNAME, user.getUsername());
                login.removeAuthNote(USERNAME_HIDDEN);
            }
        }

        /**
         * What a Keycloak session remembers of the Gigya session that it came from.
         *
         * @param componentId the user federation
         * @param uid the account
         */
        record SignOutNote(String componentId, Uid uid) {

            private static final String COMPONENT = "gigya.federation";
            private static final String UID = "gigya.uid";

            void leaveIn(AuthenticationSessionModel login) {
                login.setUserSessionNote(COMPONENT, componentId);
                login.setUserSessionNote(UID, uid.value());
            }

            static Optional<SignOutNote> of(UserSessionModel session) {
                var component = session.getNote(COMPONENT);
                return component == null
                        ? Optional.empty()
                        : Uid.of(session.getNote(UID)).map(uid -> new SignOutNote(component, uid));
            }
        }
    }

    /**
     * The settings of the step "Gigya login".
     *
     * @param federationProvider name or id of the user federation; empty means the realm's only one
     * @param signIn how the person signs in
     */
    record AuthenticatorSettings(Optional<String> federationProvider, SignInSettings signIn) {

        static final String FEDERATION_PROVIDER = "federationProvider";

        /** Parses the settings; {@code config} is null for a step that was never configured. */
        static AuthenticatorSettings parse(AuthenticatorConfigModel config) throws SettingsException {
            var settings = SettingsReader.ofConfig(config == null ? null : config.getConfig());
            return new AuthenticatorSettings(settings.text(FEDERATION_PROVIDER), SignInSettings.parse(settings));
        }

        /** {@return the settings as the admin console shows them} */
        static List<ProviderConfigProperty> properties() {
            return withFederation(SignInSettings.properties());
        }

        /** {@return the setting of the user federation, and others after it} */
        static List<ProviderConfigProperty> withFederation(List<ProviderConfigProperty> others) {
            var federation = ProviderConfigurationBuilder.create()
                    .property()
                    .name(FEDERATION_PROVIDER)
                    .type(ProviderConfigProperty.STRING_TYPE)
                    .label("gigyaFederationProvider")
                    .helpText("gigyaFederationProviderHelp")
                    .add()
                    .build();
            return Stream.concat(federation.stream(), others.stream()).toList();
        }
    }

    /** What all steps have in common for an administrator who adds one to a flow. */
    abstract static sealed class GigyaStepFactory
            implements AuthenticatorFactory, ExtensionVersion, SupportedServersOnly
            permits GigyaAuthenticatorFactory, GigyaDirectGrantFactory {

        private static final Requirement[] REQUIREMENTS = {
            Requirement.REQUIRED, Requirement.ALTERNATIVE, Requirement.DISABLED
        };

        private final GigyaStep step;

        GigyaStepFactory(GigyaStep step) {
            this.step = step;
        }

        @Override
        public final Authenticator create(KeycloakSession session) {
            return step;
        }

        @Override
        public final String getReferenceCategory() {
            return "gigya";
        }

        @Override
        public final boolean isConfigurable() {
            return true;
        }

        @Override
        public final Requirement[] getRequirementChoices() {
            return REQUIREMENTS.clone();
        }

        @Override
        public final boolean isUserSetupAllowed() {
            return false;
        }

        @Override
        public final void init(Config.Scope config) {
            // No server-wide settings.
        }

        @Override
        public final void postInit(KeycloakSessionFactory factory) {
            // Nothing depends on other providers.
        }

        @Override
        public final void close() {
            // Nothing is held.
        }
    }
}
