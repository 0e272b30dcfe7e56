package io.github.keycloakgigya.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The OpenID provider of each site, {@code /oidc/op/v1.0/<apiKey>}: code flow, with PKCE where the client uses it. The
 * site's own login page, to which Gigya sends a person without a session, is one that only says so.
 */
final class OpenIdProvider {

    private static final Pattern PATH = Pattern.compile("/oidc/op/v1\\.0/([^/]+)/(.+)");

    private final Function<String, Optional<Site>> sites;
    private final SigningKeys keys;
    private final Sessions sessions;
    private final OpenIdTokenEndpoint tokens;
    private final Map<String, AuthorizationRequest> waiting = new ConcurrentHashMap<>();

    OpenIdProvider(Function<String, Optional<Site>> sites, SigningKeys keys, Sessions sessions) {
        this.sites = sites;
        this.keys = keys;
        this.sessions = sessions;
        this.tokens = new OpenIdTokenEndpoint(keys);
    }

    /** {@return the name by which calls of an endpoint are counted, {@code oidc.op.token} say} */
    static Optional<String> nameOf(String path) {
        var matcher = PATH.matcher(path);
        return matcher.matches() ? Optional.of("oidc.op." + matcher.group(2).replace("/", ".")) : Optional.empty();
    }

    Answer answer(HttpRequest request) {
        var matcher = PATH.matcher(request.path());
        var site = matcher.matches() ? sites.apply(matcher.group(1)) : Optional.<Site>empty();
        if (site.isEmpty()) {
            return Answer.of(404, "text/plain", "");
        }
        var issuer = issuer(request, site.get());
        try {
            return switch (matcher.group(2)) {
                case ".well-known/openid-configuration" -> discovery(issuer);
                case ".well-known/jwks" -> jwks();
                case "authorize" -> authorize(request, site.get());
                case "authorize/continue" -> finish(request, site.get());
                case "token" -> tokens.exchange(request, site.get(), issuer);
                case "userinfo" -> tokens.userInfo(request, site.get());
                default -> Answer.of(404, "text/plain", "");
            };
        } catch (OAuthError error) {
            return error.answer();
        }
    }

    private static String issuer(HttpRequest request, Site site) {
        return "https://" + request.authority() + "/oidc/op/v1.0/" + site.apiKey();
    }

    private static Answer discovery(String issuer) {
        var configuration = Reply.object()
                .put("issuer", issuer)
                .put("authorization_endpoint", issuer + "/authorize")
                .put("token_endpoint", issuer + "/token")
                .put("userinfo_endpoint", issuer + "/userinfo")
                .put("jwks_uri", issuer + "/.well-known/jwks");
        configuration.putArray("response_types_supported").add("code");
        configuration.putArray("subject_types_supported").add("public");
        configuration.putArray("id_token_signing_alg_values_supported").add("RS256");
        configuration.putArray("code_challenge_methods_supported").add("S256");
        List.of("openid", "profile", "email").forEach(configuration.putArray("scopes_supported")::add);
        List.of("client_secret_basic", "client_secret_post")
                .forEach(configuration.putArray("token_endpoint_auth_methods_supported")::add);
        return Answer.of(200, "application/json", configuration.toString());
    }

    private Answer jwks() {
        var set = Reply.object();
        var published = set.putArray("keys");
        keys.published().forEach(key -> published.add(key.jwk()));
        return Answer.of(200, "application/json", set.toString());
    }

    private Answer authorize(HttpRequest request, Site site) throws OAuthError {
        var asked = AuthorizationRequest.of(site, request.parameters());
        try {
            asked.check();
        } catch (OAuthError error) {
            return asked.refuse(error);
        }
        try {
            return answer(asked, site, sessions.of(request, site));
        } catch (Refusal noSession) {
            return asked.mayShowPage()
                    ? loginPage(asked)
                    : asked.refuse(OAuthError.of("login_required", "nobody is signed in"));
        }
    }

    private Answer loginPage(AuthorizationRequest asked) {
        var context = RandomText.HEX_32.next();
        waiting.put(context, asked);
        return Answer.html(200, "<!doctype html><title>Sign in</title><body data-context=\"%s\">".formatted(context));
    }

    /** {@code authorize/continue}: the login page comes back with the session that it opened. */
    private Answer finish(HttpRequest request, Site site) throws OAuthError {
        var asked = request.parameters()
                .optional("context")
                .map(waiting::remove)
                .orElseThrow(() -> OAuthError.of("invalid_request", "unknown context"));
        try {
            return answer(asked, site, sessions.of(request, site));
        } catch (Refusal noSession) {
            return asked.refuse(OAuthError.of("access_denied", "nobody is signed in"));
        }
    }

    private Answer answer(AuthorizationRequest asked, Site site, Session session) {
        var account = session.account();
        if (!account.isActive()) {
            return asked.refuse(OAuthError.of("access_denied", "the account is disabled"));
        }
        var code = tokens.issue(new AuthorizationCode(site, asked, account, Instant.now()));
        return asked.redirect(Map.of("code", code));
    }
}
