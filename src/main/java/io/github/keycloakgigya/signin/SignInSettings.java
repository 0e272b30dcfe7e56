package io.github.keycloakgigya.signin;

import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * The settings of a sign-in with a browser.
 *
 * @param screenSet the screen-set that the page shows
 * @param startScreen the screen of it that is shown first
 * @param authFlow how social sign-in inside the screen-set works
 * @param loginProof what the browser has to show
 * @param proofMaxAge how old a proof may be, clock skew not counted
 * @param bindProofToSession whether a token must have been made for the very login that it is posted into
 * @param logoutFromGigya whether a sign-out in Keycloak ends the Gigya session too
 */
public record SignInSettings(
        String screenSet,
        String startScreen,
        AuthFlow authFlow,
        LoginProof loginProof,
        Duration proofMaxAge,
        boolean bindProofToSession,
        boolean logoutFromGigya) {

    static final String SCREEN_SET = "screenSet";
    static final String START_SCREEN = "startScreen";
    static final String AUTH_FLOW = "authFlow";
    static final String LOGIN_PROOF = "loginProof";
    static final String PROOF_MAX_AGE = "proofMaxAgeSeconds";
    static final String BIND_PROOF_TO_SESSION = "bindProofToSession";
    static final String LOGOUT_FROM_GIGYA = "logoutFromGigya";

    /** The most that {@code proofMaxAgeSeconds} may be. */
    static final Duration LONGEST_PROOF_MAX_AGE = Duration.ofSeconds(600);

    private static final Set<String> OF_APPS = Set.of(LOGIN_PROOF, PROOF_MAX_AGE, LOGOUT_FROM_GIGYA);

    private static final String DEFAULT_SCREEN_SET = "Default-RegistrationLogin";
    private static final String DEFAULT_START_SCREEN = "gigya-login-screen";

    /**
     * Parses the settings.
     *
     * @throws SettingsException naming the first setting that can't be used
     */
    public static SignInSettings parse(SettingsReader settings) throws SettingsException {
        return new SignInSettings(
                settings.text(SCREEN_SET, DEFAULT_SCREEN_SET),
                settings.text(START_SCREEN, DEFAULT_START_SCREEN),
                settings.choice(AUTH_FLOW, AuthFlow.POPUP, AuthFlow::id),
                settings.choice(LOGIN_PROOF, LoginProof.ID_TOKEN, LoginProof::id),
                settings.time(PROOF_MAX_AGE, ChronoUnit.SECONDS, 60, 10, (int) LONGEST_PROOF_MAX_AGE.toSeconds()),
                settings.flag(BIND_PROOF_TO_SESSION, true),
                settings.flag(LOGOUT_FROM_GIGYA, true));
    }

    /** {@return the settings as the admin console shows them} */
    public static List<ProviderConfigProperty> properties() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(SCREEN_SET)
                .type(ProviderConfigProperty.STRING_TYPE)
                .defaultValue(DEFAULT_SCREEN_SET)
                .label("gigyaScreenSet")
                .helpText("gigyaScreenSetHelp")
                .add()
                .property()
                .name(START_SCREEN)
                .type(ProviderConfigProperty.STRING_TYPE)
                .defaultValue(DEFAULT_START_SCREEN)
                .label("gigyaStartScreen")
                .helpText("gigyaStartScreenHelp")
                .add()
                .property()
                .name(AUTH_FLOW)
                .type(ProviderConfigProperty.LIST_TYPE)
                .options(Arrays.stream(AuthFlow.values()).map(AuthFlow::id).toList())
                .defaultValue(AuthFlow.POPUP.id())
                .label("gigyaAuthFlow")
                .helpText("gigyaAuthFlowHelp")
                .add()
                .property()
                .name(LOGIN_PROOF)
                .type(ProviderConfigProperty.LIST_TYPE)
                .options(Arrays.stream(LoginProof.values()).map(LoginProof::id).toList())
                .defaultValue(LoginProof.ID_TOKEN.id())
                .label("gigyaLoginProof")
                .helpText("gigyaLoginProofHelp")
                .add()
                .property()
                .name(PROOF_MAX_AGE)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(60)
                .label("gigyaProofMaxAge")
                .helpText("gigyaProofMaxAgeHelp")
                .add()
                .property()
                .name(BIND_PROOF_TO_SESSION)
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .defaultValue(true)
                .label("gigyaBindProofToSession")
                .helpText("gigyaBindProofToSessionHelp")
                .add()
                .property()
                .name(LOGOUT_FROM_GIGYA)
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .defaultValue(true)
                .label("gigyaLogoutFromGigya")
                .helpText("gigyaLogoutFromGigyaHelp")
                .add()
                .build();
    }

    /** {@return those of the settings that matter where an app brings the proof, and no page} */
    public static List<ProviderConfigProperty> propertiesOfApps() {
        return properties().stream()
                .filter(property -> OF_APPS.contains(property.getName()))
                .toList();
    }

    /** How the screen-set takes a person to a social network and back. */
    public enum AuthFlow {
        /** In a window of its own. */
        POPUP,
        /** In the same window, which comes back to the login page. */
        REDIRECT;

        /** {@return the value of the setting {@code authFlow}} */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a browser or an app has to show for its sign-in at Gigya. */
    public enum LoginProof {
        /** A token that Gigya signed for it. */
        ID_TOKEN("idToken"),
        /** The UID with Gigya's signature. */
        UID_SIGNATURE("uidSignature");

        private final String id;

        LoginProof(String id) {
            this.id = id;
        }

        /** {@return the value of the setting {@code loginProof}} */
        public String id() {
            return id;
        }
    }
}
