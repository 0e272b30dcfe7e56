package io.github.keycloakgigya.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One sign-in of a person at a public client: the authorization code flow with PKCE (RFC 6749 section 4.1, RFC 7636).
 */
public final class LoginFlow {

    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    private final HttpBrowser browser;
    private final URI endpoints;
    private final String clientId;
    private final URI redirectUri;
    private final String verifier = random();
    private final String state = random();

    /**
     * @param browser whose cookies the sign-in uses
     * @param realm the realm to sign in to
     * @param clientId a public client
     * @param redirectUri one that the client allows; nobody need listen there
     */
    public LoginFlow(HttpBrowser browser, String realm, String clientId, URI redirectUri) {
        this.browser = browser;
        this.endpoints = URI.create(browser.server() + "/realms/" + realm + "/protocol/openid-connect/");
        this.clientId = clientId;
        this.redirectUri = redirectUri;
    }

    public HttpBrowser browser() {
        return browser;
    }

    /** {@return what Keycloak shows to a person whom the client sends to sign in} */
    public Page begin() {
        return begin(Map.of());
    }

    /**
     * {@return what Keycloak shows to a person whom the client sends to sign in}
     *
     * @param parameters further ones of the authorization request, such as {@code prompt}
     */
    public Page begin(Map<String, String> parameters) {
        return browser.open(address(parameters));
    }

    /**
     * {@return where the client sends a person to sign in}
     *
     * @param parameters further ones of the authorization request, such as {@code prompt}
     */
    public URI address(Map<String, String> parameters) {
        Form query = Form.of("client_id", clientId)
                .and("redirect_uri", redirectUri.toString())
                .and("response_type", "code")
                .and("scope", parameters.getOrDefault("scope", "openid"))
                .and("state", state)
                .and("code_challenge", challenge(verifier))
                .and("code_challenge_method", "S256");
        parameters.forEach((name, value) -> {
            if (!name.equals("scope")) {
                query.and(name, value);
            }
        });
        return URI.create(endpoints + "auth?" + query.encoded());
    }

    /** {@return whether Keycloak sent the browser back to the client with a code} */
    public boolean isDone(Page page) {
        return page.redirect()
                .filter(target -> target.toString().startsWith(redirectUri.toString()))
                .filter(LoginFlow::hasCode)
                .isPresent();
    }

    private static boolean hasCode(URI target) {
        return CODE.matcher(target.toString()).find();
    }

    /**
     * Exchanges the code that Keycloak sent the browser back with.
     *
     * @param page the last one of the sign-in
     * @throws AssertionError where the page is no redirect with a code, or Keycloak refuses it
     */
    public Tokens finish(Page page) {
        if (!isDone(page)) {
            throw new AssertionError("No code: " + page.address() + " answered " + page.status() + " "
                    + page.redirect().map(URI::toString).orElseGet(page::text));
        }
        return finish(page.redirect().orElseThrow());
    }

    /**
     * Exchanges a code.
     *
     * @param target where Keycloak sent the browser
     * @throws AssertionError where the address holds no code, or Keycloak refuses it
     */
    public Tokens finish(URI target) {
        return tokens(redeem(target));
    }

    /** {@return what Keycloak answers to the code that it sent the browser to such an address with} */
    public Page redeem(URI target) {
        Matcher code = CODE.matcher(target.toString());
        if (!code.find()) {
            throw new AssertionError("No code: " + target);
        }
        return grant(Form.of("grant_type", "authorization_code")
                .and("client_id", clientId)
                .and("redirect_uri", redirectUri.toString())
                .and("code", URLDecoder.decode(code.group(1), StandardCharsets.UTF_8))
                .and("code_verifier", verifier));
    }

    /**
     * {@return new tokens of the same session}
     *
     * @throws AssertionError where the refresh token is refused
     */
    public Tokens refresh(Tokens tokens) {
        return tokens(renew(tokens));
    }

    /** {@return what Keycloak answers to a refresh token} */
    public Page renew(Tokens tokens) {
        return grant(Form.of("grant_type", "refresh_token")
                .and("client_id", clientId)
                .and("refresh_token", tokens.refreshToken()));
    }

    private Page grant(Form grant) {
        return browser.post(URI.create(endpoints + "token"), grant);
    }

    private static Tokens tokens(Page answer) {
        JsonNode tokens = Json.parse(answer.body());
        if (answer.status() != 200) {
            throw new AssertionError("The grant was refused: " + answer.status() + " " + tokens);
        }
        return Tokens.of(tokens);
    }

    /** {@return whether an address is the client's, with the state of this sign-in} */
    public boolean isAnswer(URI target) {
        return target.toString().startsWith(redirectUri.toString())
                && target.toString().contains("state=" + state);
    }

    /** {@return what Keycloak shows after the client ended the person's session} */
    public Page logOut(Tokens tokens) {
        return browser.open(logOutAddress(tokens));
    }

    /** {@return what Keycloak answers to the client that ends the person's session without a browser} */
    public Page endSession(Tokens tokens) {
        return browser.post(
                URI.create(endpoints + "logout"),
                Form.of("client_id", clientId).and("refresh_token", tokens.refreshToken()));
    }

    /** {@return where the client sends a person to sign out} */
    public URI logOutAddress(Tokens tokens) {
        Form query = Form.of("id_token_hint", tokens.idToken()).and("client_id", clientId);
        return URI.create(endpoints + "logout?" + query.encoded());
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
