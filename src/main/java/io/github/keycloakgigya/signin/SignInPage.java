package io.github.keycloakgigya.signin;

import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.settings.SiteSettings;
import io.github.keycloakgigya.signin.PageLanguage.ScreenLanguage;
import io.github.keycloakgigya.signin.SignInSettings.LoginProof;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.BrowserSecurityHeaders;
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

    /** The realm's security headers, opened for one site's hosts, on one page. */
    static final class PageHeaders {

        // Gigya refuses calls that come without a referrer (403015), and needs no more of it than the host.
        private static final String REFERRER_POLICY = "strict-origin";

        private final Map<BrowserSecurityHeaders, String> headers = new EnumMap<>(BrowserSecurityHeaders.class);

        PageHeaders(Map<String, String> ofRealm, ApiDomain domain) {
            for (var header : BrowserSecurityHeaders.values()) {
                var value = ofRealm.getOrDefault(header.getKey(), header.getDefaultValue());
                if (value != null && !value.isBlank()) {
                    headers.put(header, value);
                }
            }
            var opened = new ContentSecurityPolicy(domain.browserSources());
            headers.computeIfPresent(
                    BrowserSecurityHeaders.CONTENT_SECURITY_POLICY, (header, policy) -> opened.open(policy));
            headers.computeIfPresent(
                    BrowserSecurityHeaders.CONTENT_SECURITY_POLICY_REPORT_ONLY,
                    (header, policy) -> opened.open(policy));
            headers.put(BrowserSecurityHeaders.REFERRER_POLICY, REFERRER_POLICY);
        }

        Map<BrowserSecurityHeaders, String> values() {
            return Map.copyOf(headers);
        }

        void applyTo(LoginFormsProvider form) {
            headers.forEach((header, value) -> form.setResponseHeader(header.getHeaderName(), value));
        }

        /** Call it only once the page is rendered: an error page needs Keycloak's own headers. */
        void replaceKeycloaks(KeycloakSession session) {
            // Keycloak's options open frame-src only (SecurityHeadersOptions of 26.7), so all headers are set here.
            session.getProvider(SecurityHeadersProvider.class).options().skipHeaders();
        }

        /**
         * Opens a Content-Security-Policy for the hosts that Gigya's browser script needs.
         *
         * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy Level 3</a>
         */
        static final class ContentSecurityPolicy {

            // What the vendor's own modules allow for the script: see etc/csp_whitelist.xml of gigya/Magento-2.
            private static final List<String> OPENED =
                    List.of("script-src", "connect-src", "frame-src", "img-src", "style-src", "font-src");
            private static final String FALLBACK = "default-src";
            private static final String NONE = "'none'";

            private final List<String> sources;

            ContentSecurityPolicy(List<String> sources) {
                this.sources = List.copyOf(sources);
            }

            /**
             * {@return the policy with the hosts added to each directive that would keep the script from working} A directive
             * that the policy does not restrict stays unrestricted: adding it would forbid what was allowed.
             */
            String open(String policy) {
                var directives = parse(policy);
                for (var name : OPENED) {
                    var present = directives.containsKey(name) ? directives.get(name) : directives.get(FALLBACK);
                    if (present != null) {
                        directives.put(name, with(present));
                    }
                }
                return directives.entrySet().stream()
                        .map(directive -> directive.getValue().isEmpty()
                                ? directive.getKey()
                                : directive.getKey() + " " + String.join(" ", directive.getValue()))
                        .collect(Collectors.joining("; ", "", ";"));
            }

            private List<String> with(List<String> present) {
                var opened = new ArrayList<>(present);
                opened.remove(NONE);
                sources.stream().filter(source -> !opened.contains(source)).forEach(opened::add);
                return opened;
            }

            private static Map<String, List<String>> parse(String policy) {
                var directives = new LinkedHashMap<String, List<String>>();
                for (var directive : policy.split(";")) {
                    var words = Arrays.asList(directive.strip().split("\\s+"));
                    if (!words.get(0).isEmpty()) {
                        // Browsers take the first of two directives of one name.
                        directives.putIfAbsent(words.get(0).toLowerCase(Locale.ROOT), words.subList(1, words.size()));
                    }
                }
                return directives;
            }
        }
    }
}
