package io.github.keycloakgigya.it.realm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The two clients of a realm, which want to be told of sessions that end, at an address that the test owns. The second one
 * gets offline tokens.
 */
public final class InformedApps implements AutoCloseable {

    private final GigyaRealm realm;
    private final HttpServer server;
    private final List<JsonNode> told = new CopyOnWriteArrayList<>();

    private InformedApps(GigyaRealm realm) {
        this.realm = realm;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/logout", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            told.add(claims(URLDecoder.decode(body.substring("logout_token=".length()), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    /** {@return the clients of a realm, which are told from now on} */
    public static InformedApps of(GigyaRealm realm) {
        var apps = new InformedApps(realm);
        var address = "http://localhost:" + apps.server.getAddress().getPort() + "/logout";
        tellAt(realm, "app", address);
        tellAt(realm, GigyaRealm.OTHER_CLIENT, address);
        giveOfflineTokens(realm);
        return apps;
    }

    /** Has a client be told at another address. */
    public static void tellAt(GigyaRealm realm, String clientId, String address) {
        var client = client(realm, clientId);
        client.put("frontchannelLogout", false);
        client.withObject("/attributes")
                .put("backchannel.logout.url", address)
                .put("backchannel.logout.session.required", "true");
        realm.admin()
                .put(path(realm) + "clients/" + client.path("id").asText(), client)
                .succeeded();
    }

    private static void giveOfflineTokens(GigyaRealm realm) {
        var scopes =
                realm.admin().get(path(realm) + "client-scopes").succeeded().body();
        var offline = scopes.valueStream()
                .filter(scope -> scope.path("name").asText().equals("offline_access"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
        var client = path(realm) + "clients/"
                + client(realm, GigyaRealm.OTHER_CLIENT).path("id").asText();
        realm.admin().delete(client + "/optional-client-scopes/" + offline);
        realm.admin()
                .put(client + "/default-client-scopes/" + offline, Json.parse("{}"))
                .succeeded();
    }

    private static ObjectNode client(GigyaRealm realm, String clientId) {
        return (ObjectNode) realm.admin()
                .get(path(realm) + "clients?clientId=" + clientId)
                .succeeded()
                .body()
                .get(0);
    }

    private static String path(GigyaRealm realm) {
        return "realms/" + realm.name() + "/";
    }

    /** {@return the tokens of a person who signs in at the second client, of which the refresh token is an offline one} */
    public Tokens signInOffline(Account account) {
        return Visitor.open(realm, realm.login(browserAt(realm), GigyaRealm.OTHER_CLIENT), Map.of())
                .signIn(account);
    }

    /** {@return the claims of the tokens by which the clients were told of the end of a session} */
    public List<JsonNode> told() {
        return told;
    }

    /** {@return how often the clients were told about a user} */
    public long toldOf(String userId) {
        return told.stream()
                .filter(token -> token.path("sub").asText().equals(userId))
                .count();
    }

    /** {@return whether neither of these tokens is worth anything any more, at the client that got them} */
    public boolean areWorthless(Tokens tokens, String clientId) {
        return areWorthless(realm, tokens, clientId);
    }

    /** {@return whether they are not at a certain node} */
    public static boolean areWorthless(GigyaRealm at, Tokens tokens, String clientId) {
        var browser = browserAt(at);
        var openId = at.address() + "/protocol/openid-connect/";
        var refreshed = browser.post(
                URI.create(openId + "token"),
                Form.of("grant_type", "refresh_token")
                        .and("client_id", clientId)
                        .and("refresh_token", tokens.refreshToken()));
        var userinfo = browser.once(browser.request(URI.create(openId + "userinfo"))
                .header("Authorization", "Bearer " + tokens.accessToken())
                .GET()
                .build());
        return refreshed.status() == 400 && userinfo.status() == 401;
    }

    private static HttpBrowser browserAt(GigyaRealm realm) {
        var address = realm.address().toString();
        return HttpBrowser.of(URI.create(address.substring(0, address.indexOf("/realms/"))));
    }

    private static JsonNode claims(String token) {
        var payload = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
        return Json.parse(new String(payload, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
