package io.github.keycloakgigya.signin;

import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.settings.SiteSettings;
import io.github.keycloakgigya.signin.PageLanguage.ScreenLanguage;
import io.github.keycloakgigya.signin.SignInSettings.LoginProof;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The page on which a person signs in at Gigya, inside the login theme. */
public final class SignInPage {

    private static final String TEMPLATE = "gigya-login.ftl";

    private final KeycloakSession session;
    private final SiteSettings site;
    private final SignInSettings settings;
    private final LoginBinding binding;
    private final Clock clock;

    /**
     * Shows the screen-set of one site.
     *
     * @param binding of the login that the page belongs to
     */
    public SignInPage(
            KeycloakSession session, SiteSettings site, SignInSettings settings, LoginBinding binding, Clock clock) {
        this.session = session;
        this.site = site;
        this.settings = settings;
        this.binding = binding;
        this.clock = clock;
    }

    /**
     * Renders the page.
     *
     * @param login the login that the page belongs to
     * @param form Keycloak's forms, with the action of this step
     * @param refreshUrl reloads the page within the same login
     * @param known the user whose open Keycloak session has to be renewed; empty where no session proves one
     * @param fresh whether a new sign-in at Gigya is demanded, even where a session is open there
     * @param failure what went wrong before; then an open session is not picked up without a click, which would only
     *     fail again
     */
    public Response render(
            AuthenticationSessionModel login,
            LoginFormsProvider form,
            URI refreshUrl,
            Optional<UserModel> known,
            boolean fresh,
            Optional<SignInException> failure) {
        if (fresh) {
            binding.demandFreshSignIn(clock.instant());
        }
        failure.ifPresent(reason -> form.setError(reason.error().messageKey()));
        var again = failure.filter(this::asksAgainAfter).isPresent();
        if (again) {
            binding.askAgain();
        }
        var headers = new PageHeaders(
                session.getContext().getRealm().getBrowserSecurityHeaders(),
                site.site().domain());
        headers.applyTo(form);
        var page = new PageLanguage(session).of(login, known, () -> {
            var model = new HashMap<>(model(login, refreshUrl, known, fresh, failure.isEmpty()));
            model.put("again", again);
            form.setAttribute("gigya", model);
            return form.createForm(TEMPLATE);
        });
        headers.replaceKeycloaks(session);
        return page;
    }

    /**
     * {@return whether the page asks Gigya again by itself before it shows a failure} Signatures of a UID of one second are
     * equal, so that of several tabs which a browser restores at once only one gets in. Once in a login.
     */
    public boolean asksAgainAfter(SignInException failure) {
        return failure.error() == SignInError.PROOF_REPLAYED
                && settings.loginProof() == LoginProof.UID_SIGNATURE
                && !binding.hasAskedAgain();
    }

    // What the template shows under the name "gigya". A map, since Keycloak's FreeMarker can't read records.
    private Map<String, Object> model(
            AuthenticationSessionModel login, URI refreshUrl, Optional<UserModel> known, boolean fresh, boolean auto) {
        var bound = settings.loginProof() == LoginProof.ID_TOKEN && settings.bindProofToSession();
        var locale = session.getContext().resolveLocale(known.orElse(null));
        return Map.ofEntries(
                Map.entry("scriptUrl", site.site().domain().script().toString()),
                Map.entry("apiKey", site.site().apiKey()),
                Map.entry("screenSet", settings.screenSet()),
                Map.entry("startScreen", settings.startScreen()),
                Map.entry("proof", settings.loginProof().id()),
                Map.entry("audience", bound ? binding.newOrKnownAudience() : ""),
                Map.entry("tokenLifetime", settings.proofMaxAge().toSeconds()),
                Map.entry("lang", ScreenLanguage.of(locale).code()),
                Map.entry("authFlow", settings.authFlow().id()),
                Map.entry("fresh", fresh),
                Map.entry("auto", auto),
                Map.entry("loginHint", loginHint(login, known)),
                Map.entry("signedInAs", known.map(UserModel::getUsername).orElse("")),
                Map.entry("refreshUrl", refreshUrl.toString()));
    }

    /** {@return whether the page of a login shows a name or an address, so that no browser may keep it} */
    public static boolean namesSomebody(AuthenticationSessionModel login, Optional<UserModel> known) {
        return known.isPresent() || !loginHint(login, known).isEmpty();
    }

    // What an earlier step was told is repeated, never what Keycloak knows about that user: nothing is proven yet.
    private static String loginHint(AuthenticationSessionModel login, Optional<UserModel> known) {
        return known.map(UserModel::getEmail)
                .or(() -> Optional.ofNullable(login.getAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME)))
                .or(() -> Optional.ofNullable(login.getClientNote(OIDCLoginProtocol.LOGIN_HINT_PARAM)))
                .orElse("");
    }
}
