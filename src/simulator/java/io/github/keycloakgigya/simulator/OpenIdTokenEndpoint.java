package io.github.keycloakgigya.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where a client gets its tokens, and what they say of a person. */
final class OpenIdTokenEndpoint {

    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";

    private final SigningKeys keys;
    private final Map<String, AuthorizationCode> codes = new ConcurrentHashMap<>();
    private final Map<String, AuthorizationCode> accessTokens = new ConcurrentHashMap<>();

    OpenIdTokenEndpoint(SigningKeys keys) {
        this.keys = keys;
    }

    String issue(AuthorizationCode code) {
        var text = RandomText.TOKEN.next();
        codes.put(text, code);
        return text;
    }

    Answer exchange(HttpRequest request, Site site, String issuer) throws OAuthError {
        if (!request.verb().equals("POST")) {
            throw OAuthError.of("invalid_request", "the token endpoint takes POST");
        }
        var client = client(request, site);
        var parameters = request.parameters();
        if (!parameters.optional("grant_type").orElse("").equals("authorization_code")) {
            throw OAuthError.of("unsupported_grant_type", "grant_type must be authorization_code");
        }
        // Whoever shows a code has used it, rightly or not.
        var code = parameters
                .optional("code")
                .map(codes::remove)
                .orElseThrow(() -> OAuthError.of("invalid_grant", "the code is not valid here"));
        code.checkExchange(client, parameters);
        return tokens(code, issuer);
    }

    private Answer tokens(AuthorizationCode code, String issuer) {
        var accessToken = RandomText.TOKEN.next();
        accessTokens.put(accessToken, code);
        var key = keys.current();
        var header = new LinkedHashMap<String, Object>();
        header.put("typ", "JWT");
        header.put("alg", "RS256");
        header.put("kid", key.id());
        var body = Reply.object()
                .put("access_token", accessToken)
                .put("token_type", "Bearer")
                .put("expires_in", 3600)
                .put("id_token", key.sign(header, new OpenIdClaims(code).ofIdToken(issuer)));
        return Answer.of(200, "application/json", body.toString()).with(Map.of("Cache-Control", "no-store"));
    }

    Answer userInfo(HttpRequest request, Site site) throws OAuthError {
        var code = request.header("authorization")
                .filter(header -> header.startsWith(BEARER))
                .map(header -> accessTokens.get(header.substring(BEARER.length())))
                .filter(known -> known.site() == site)
                .orElseThrow(() -> OAuthError.unauthorized("invalid_token", "the access token is not valid here"));
        var claims = ExactJson.MAPPER.valueToTree(new OpenIdClaims(code).ofUserInfo());
        return Answer.of(200, "application/json", claims.toString());
    }

    /** Takes a client's secret from the header or from the form, and not from both (RFC 6749, section 2.3). */
    private static OpenIdClient client(HttpRequest request, Site site) throws OAuthError {
        var basic = request.header("authorization").filter(header -> header.startsWith(BASIC));
        var posted = request.parameters().optional("client_secret");
        if (basic.isPresent() == posted.isPresent()) {
            throw OAuthError.unauthorized("invalid_client", "one client authentication is needed");
        }
        var id = basic.isPresent()
                ? credential(basic.get(), 0)
                : request.parameters().optional("client_id");
        var secret = basic.isPresent() ? credential(basic.get(), 1) : posted;
        return id.flatMap(site::openIdClient)
                .filter(client -> secret.filter(client.secret()::equals).isPresent())
                .orElseThrow(() -> OAuthError.unauthorized("invalid_client", "the client is not known"));
    }

    private static Optional<String> credential(String header, int index) throws OAuthError {
        try {
            var decoded =
                    new String(Base64.getDecoder().decode(header.substring(BASIC.length())), StandardCharsets.UTF_8);
            var parts = decoded.split(":", 2);
            return parts.length == 2
                    ? Optional.of(URLDecoder.decode(parts[index], StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            throw OAuthError.unauthorized("invalid_client", "malformed credentials");
        }
    }
}
