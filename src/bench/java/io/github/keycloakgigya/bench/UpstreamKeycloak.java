package io.github.keycloakgigya.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.PostgresServer;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.LoginFlow;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** A second Keycloak, where people have accounts and are signed in. */
final class UpstreamKeycloak implements AutoCloseable {

    static final String CLIENT = "broker";
    static final String SECRET = UUID.randomUUID().toString();

    private static final String REALM = "upstream";

    private final FreshKeycloak keycloak;
    private final List<HttpBrowser> visitors;

    private UpstreamKeycloak(FreshKeycloak keycloak) {
        this.keycloak = keycloak;
        keycloak.server().admin().createRealm(realm());
        var connections = HttpBrowser.of(keycloak.server().address());
        var passwords = new PasswordDoor();
        this.visitors = IntStream.range(0, SignInSuite.PEOPLE)
                .mapToObj(person -> {
                    var browser = connections.another();
                    var login = new LoginFlow(browser, REALM, SignInSuite.CLIENT, SignInSuite.REDIRECT);
                    login.finish(passwords.signIn(login, person));
                    return browser;
                })
                .toList();
    }

    static UpstreamKeycloak start(KeycloakDistribution distribution, PostgresServer postgres) {
        return new UpstreamKeycloak(FreshKeycloak.startBeside(distribution, postgres, "upstream"));
    }

    private static ObjectNode realm() {
        var realm = SignInSuite.realm(REALM);
        realm.withArray("/clients").add(Json.parse("""
                {"clientId": "%s", "secret": "%s", "standardFlowEnabled": true, "redirectUris": ["*"]}""".formatted(CLIENT, SECRET)));
        People.addWithPassword(realm, SignInSuite.PEOPLE);
        return realm;
    }

    /** {@return where the server describes itself} */
    URI metadata() {
        return URI.create(keycloak.server().address() + "/realms/" + REALM + "/.well-known/openid-configuration");
    }

    /**
     * {@return where it sends a browser that comes with an authorization request}
     *
     * @param person who is signed in there, in this browser
     */
    URI approve(URI authorizationRequest, int person) {
        return visitors.get(person).open(authorizationRequest).redirect().orElseThrow();
    }

    /** {@return the number of its process} */
    long processId() {
        return keycloak.server().processId();
    }

    @Override
    public void close() {
        keycloak.close();
    }
}
