package io.github.keycloakgigya.it.realm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.Keycloak;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A realm whose site has a webhook that leads to it, and a client that wants to be told of the end of sessions. */
public record HookedRealm(GigyaRealm realm, HttpServer client, AtomicInteger logouts) implements AutoCloseable {

    public static HookedRealm create(Keycloak keycloak, GigyaSimulator simulator, Map<String, String> federation) {
        var logouts = new AtomicInteger();
        var client = client(logouts);
        var address = "http://localhost:" + client.getAddress().getPort() + "/logout";
        var settings = new HashMap<>(federation);
        settings.put("webhooks", "true");
        var realm = GigyaRealm.create(
                keycloak, simulator, simulator.addSite(Site.builder()), settings, Map.of(), representation -> {
                    var app = (ObjectNode) representation.at("/clients/0");
                    app.putObject("attributes").put("backchannel.logout.url", address);
                });
        var hooked = new HookedRealm(realm, client, logouts);
        hooked.register();
        return hooked;
    }

    private static HttpServer client(AtomicInteger logouts) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/logout", exchange -> {
                logouts.incrementAndGet();
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public JsonNode register() {
        return realm.admin().post(path(), request()).succeeded().body();
    }

    public JsonNode look() {
        return realm.admin()
                .get(path() + "?componentId=" + realm.componentId())
                .succeeded()
                .body();
    }

    public String path() {
        return "realms/" + realm.name() + "/gigya/webhook";
    }

    public JsonNode request() {
        return Json.parse("{\"componentId\": \"%s\"}".formatted(realm.componentId()));
    }

    /** {@return how Keycloak answers a client that shows the access token} */
    public static int userInfo(GigyaRealm realm, Tokens tokens) {
        var address = realm.address() + "/protocol/openid-connect/userinfo";
        var request = HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer " + tokens.accessToken())
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        client.stop(0);
        realm.close();
    }
}
