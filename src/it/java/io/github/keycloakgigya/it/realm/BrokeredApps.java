package io.github.keycloakgigya.it.realm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.Secrets;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.Keycloak;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** A realm with the identity provider, and clients that show Gigya's tokens to the token endpoint. */
public final class BrokeredApps implements AutoCloseable {

    /** The secret of all clients. */
    public static final String SECRET = "the secret of the clients";

    /** The client that may. */
    public static final String APP = "backend";

    /** A client that may not. */
    public static final String STRANGER = "stranger";

    /** The address of an account whose token was shown already. */
    public static final String FIRST = "first@example.com";

    private static final int MOST_TRIES = 3;

    private final Keycloak keycloak;
    private final BrokeredRealm realm;
    private final TokenDoor door;

    private BrokeredApps(Keycloak keycloak, BrokeredRealm realm, TokenDoor door) {
        this.keycloak = keycloak;
        this.realm = realm;
        this.door = door;
    }

    /** {@return a realm with these settings of the identity provider, whose client may use the door} */
    public static BrokeredApps create(
            Keycloak keycloak, GigyaSimulator simulator, TokenDoor door, Map<String, String> settings) {
        return create(keycloak, simulator, simulator.addSite(Site.builder()), door, settings);
    }

    /** {@return a realm of a site that is there already} */
    public static BrokeredApps create(
            Keycloak keycloak, GigyaSimulator simulator, Site site, TokenDoor door, Map<String, String> settings) {
        var realm = GigyaRealm.withoutFederation(
                keycloak, simulator, site, representation -> addClients(representation, door));
        return of(keycloak, realm, door, settings);
    }

    /** {@return a realm whose user federation has the same site as the identity provider} */
    public static BrokeredApps besideFederation(Keycloak keycloak, GigyaSimulator simulator, TokenDoor door) {
        var realm = GigyaRealm.create(
                keycloak,
                simulator,
                simulator.addSite(Site.builder()),
                Map.of(),
                Map.of(),
                representation -> addClients(representation, door));
        return of(keycloak, realm, door, Map.of());
    }

    private static BrokeredApps of(Keycloak keycloak, GigyaRealm realm, TokenDoor door, Map<String, String> settings) {
        var all = new HashMap<>(settings);
        if (door == TokenDoor.JWT_AUTHORIZATION_GRANT) {
            all.putIfAbsent("jwtAuthorizationGrantEnabled", "true");
        }
        var apps = new BrokeredApps(keycloak, BrokeredRealm.of(realm, all), door);
        if (door == TokenDoor.TOKEN_EXCHANGE) {
            apps.allowExchange(BrokeredRealm.ALIAS);
        }
        apps.warmUp();
        return apps;
    }

    private static void addClients(ObjectNode realm, TokenDoor door) {
        addClient(realm, APP, door == TokenDoor.JWT_AUTHORIZATION_GRANT);
        addClient(realm, STRANGER, false);
    }

    // The first call of a server that has just started, on a busy machine, may take longer than a sign-in may wait.
    private void warmUp() {
        var account = realm().site().accountByLoginId(FIRST).orElseGet(() -> account("first"));
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            if (!show(tokenOf(account)).body().contains("unavailable")) {
                return;
            }
        }
    }

    private static void addClient(ObjectNode realm, String id, boolean showsAssertions) {
        var client = (ObjectNode) Json.parse("""
                {"clientId": "%s", "publicClient": false, "secret": "%s", "standardFlowEnabled": false, "webOrigins": ["*"],
                 "attributes": {"oauth2.jwt.authorization.grant.enabled": "%s",
                                "oauth2.jwt.authorization.grant.idp": "%s"}}""".formatted(id, SECRET, showsAssertions, BrokeredRealm.ALIAS));
        client.set("protocolMappers", realm.at("/clients/0/protocolMappers").deepCopy());
        addNote(client, "FEDERATED_ACCESS_TOKEN");
        addNote(client, "EXTERNAL_IDENTITY_PROVIDER");
        realm.withArray("/clients").add(client);
    }

    private static void addNote(ObjectNode client, String note) {
        client.withArray("/protocolMappers").add(Json.parse("""
                {"name": "%s", "protocol": "openid-connect", "protocolMapper": "oidc-usersessionmodel-note-mapper",
                 "config": {"user.session.note": "%s", "claim.name": "%s", "jsonType.label": "String",
                            "access.token.claim": "true"}}""".formatted(note, note, note)));
    }

    /** Lets the client exchange tokens of an identity provider, as an administrator does. */
    void allowExchange(String alias) {
        var admin = realm.realm().admin();
        var permission = admin.put(
                        realm.providers() + "/" + alias + "/management/permissions", Json.parse("{\"enabled\": true}"))
                .succeeded()
                .body()
                .at("/scopePermissions/token-exchange")
                .asText();
        var server = clients() + "/" + idOf("realm-management") + "/authz/resource-server";
        var policy = (ObjectNode) Json.parse("{\"name\": \"%s may\"}".formatted(alias));
        policy.putArray("clients").add(idOf(APP));
        var policyId =
                admin.post(server + "/policy/client", policy).succeeded().body().path("id");
        var path = server + "/permission/scope/" + permission;
        var changed = (ObjectNode) admin.get(path).succeeded().body();
        changed.putArray("policies").add(policyId);
        admin.put(path, changed).succeeded();
    }

    private String idOf(String clientId) {
        return realm.realm()
                .admin()
                .get(clients() + "?clientId=" + clientId)
                .succeeded()
                .body()
                .at("/0/id")
                .asText();
    }

    private String clients() {
        return "realms/" + realm.realm().name() + "/clients";
    }

    public BrokeredRealm brokered() {
        return realm;
    }

    public GigyaRealm realm() {
        return realm.realm();
    }

    /** {@return the audience of tokens that are made for this realm} */
    public String issuer() {
        return realm().address().toString();
    }

    /** {@return a new account of the realm's site} */
    public Account account(String name) {
        return realm().site()
                .add(Account.builder()
                        .verifiedEmail(name + "@example.com")
                        .profile("firstName", "Maria")
                        .profile("lastName", "Example"));
    }

    /** {@return a token that Gigya made for this realm} */
    public String tokenOf(Account account) {
        return token(GoodProof.BOUND_TOKEN, account);
    }

    /** {@return a token that came along with a sign-in} */
    public String signInTokenOf(Account account) {
        return token(GoodProof.SIGN_IN_TOKEN, account);
    }

    private String token(GoodProof proof, Account account) {
        return proof.of(account, issuer(), realm()).parameters().get(0).getValue();
    }

    /** {@return the client that may, about to post a token} */
    public App app() {
        var browser = HttpBrowser.of(keycloak.address());
        return new App(browser, address("token"), issuer(), request(APP).and(door.showing()), door::forApps);
    }

    private Form request(String client) {
        return Form.of("grant_type", door.grantType()).and("client_id", client).and("client_secret", SECRET);
    }

    /** {@return what the token endpoint answers to the client that may} */
    Page show(String token) {
        return post(APP, door.showing(token));
    }

    /** {@return what the token endpoint answers} */
    public Page post(String client, Form posted) {
        AttemptEvents.proofsIn(posted).forEach(proof -> Secrets.remember("proof", proof));
        return HttpBrowser.of(keycloak.address())
                .post(address("token"), request(client).and(posted));
    }

    /** {@return the client's tokens for a token that has to be good} */
    public Tokens signIn(String token) {
        return AppRealm.tokens(show(token));
    }

    /** {@return the client's tokens for the owner of an account} */
    public Tokens signIn(Account account) {
        return signIn(tokenOf(account));
    }

    /** Signs a person out, as the client does that forgets its tokens. */
    public void signOut(Tokens tokens) {
        var form = Form.of("client_id", APP).and("client_secret", SECRET).and("refresh_token", tokens.refreshToken());
        var answer = HttpBrowser.of(keycloak.address()).post(address("logout"), form);
        if (answer.status() / 100 != 2) {
            throw new AssertionError("No sign-out: " + answer.status() + " " + answer.body());
        }
    }

    private URI address(String endpoint) {
        return URI.create(realm().address() + "/protocol/openid-connect/" + endpoint);
    }

    /** {@return what comes of a token that the client shows} */
    public GrantAttempt attempt(String token) {
        return attempt(APP, door.showing(token));
    }

    /** {@return what comes of what a client posts} */
    public GrantAttempt attempt(String client, Form posted) {
        var before = RealmState.of(realm());
        realm().admin().clearEvents(realm().name());
        var answer = post(client, posted);
        return new GrantAttempt(posted, answer, realm().events(), before, RealmState.of(realm()));
    }

    /** Asserts that a token brings nobody in, changes nothing, and that answer and event say why. */
    public void refuses(String token, Refusal refusal) {
        refused(attempt(token), refusal);
    }

    /** Asserts that an attempt got nowhere, changed nothing, and that answer and event say why. */
    public void refused(GrantAttempt attempt, Refusal refusal) {
        attempt.changedNothing();
        door.hasRefused(attempt, refusal);
        new AttemptEvents(attempt.posted(), attempt.events()).holdNothingOfTheProof();
    }

    /** Asserts that a token lets nobody in whose account is gone, and disables the federation's user all the same. */
    public void disablesWhoseAccountIsGone() {
        var account = account("gone");
        var id = signIn(account).subject();
        var token = tokenOf(account);
        realm().site().delete(account);

        var answer = show(token);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(new UserAdmin(realm()).byId(id).path("enabled").asBoolean()).isFalse();
    }

    @Override
    public void close() {
        realm.close();
    }
}
