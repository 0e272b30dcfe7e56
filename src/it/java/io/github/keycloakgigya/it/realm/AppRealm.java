package io.github.keycloakgigya.it.realm;

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
import java.util.Map;
import java.util.UUID;

/** A realm whose apps sign people in by direct grant, with a proof of their sign-in at Gigya. */
public final class AppRealm implements AutoCloseable {

    /** The confidential client's. */
    public static final String SECRET = "the secret of the client \"backend\"";

    private static final Map<String, String> NAMES = Map.of(
            "id_token", "gigya_id_token",
            "UID", "gigya_uid",
            "UIDSignature", "gigya_uid_signature",
            "signatureTimestamp", "gigya_signature_timestamp");

    private final Keycloak keycloak;
    private final GigyaRealm realm;
    private final GoodProof proof;

    private AppRealm(Keycloak keycloak, GigyaRealm realm, GoodProof proof) {
        this.keycloak = keycloak;
        this.realm = realm;
        this.proof = proof;
    }

    /** {@return a realm with every setting at its default, whose apps show a token made for the realm} */
    public static AppRealm create(Keycloak keycloak, GigyaSimulator simulator) {
        return create(keycloak, simulator, simulator.addSite(Site.builder()), Map.of(), Map.of());
    }

    /** {@return a realm with these settings of the user federation and of the step "Gigya direct grant"} */
    public static AppRealm create(
            Keycloak keycloak,
            GigyaSimulator simulator,
            Site site,
            Map<String, String> federation,
            Map<String, String> step) {
        var gigya = "{\"authenticator\": \"gigya-direct-grant\", \"authenticatorConfig\": \"gigya direct grant\","
                + " \"requirement\": \"REQUIRED\", \"priority\": 10}";
        return create(keycloak, simulator, site, federation, step, gigya);
    }

    /**
     * {@return a realm with another direct grant flow}
     *
     * @param executions of the flow; JSON objects, separated by commas. The sub-flow "password grant" may be among them
     */
    public static AppRealm create(
            Keycloak keycloak,
            GigyaSimulator simulator,
            Site site,
            Map<String, String> federation,
            Map<String, String> step,
            String executions) {
        var realm = GigyaRealm.create(
                keycloak,
                simulator,
                site,
                federation,
                Map.of(),
                representation -> addApps(representation, executions, step));
        var isSigned = "uidSignature".equals(step.get("loginProof"));
        return new AppRealm(keycloak, realm, isSigned ? GoodProof.SIGNED_UID : GoodProof.BOUND_TOKEN);
    }

    private static void addApps(ObjectNode realm, String executions, Map<String, String> step) {
        var flow = UUID.randomUUID();
        realm.withArray("/authenticationFlows").add(Json.parse("""
                {"id": "%s", "alias": "gigya apps", "providerId": "basic-flow", "topLevel": true, "builtIn": false,
                 "authenticationExecutions": [%s]}""".formatted(flow, executions)));
        realm.withArray("/authenticationFlows").add(Json.parse("""
                {"alias": "password grant", "providerId": "basic-flow", "topLevel": false, "builtIn": false,
                 "authenticationExecutions": [
                   {"authenticator": "direct-grant-validate-username", "requirement": "REQUIRED", "priority": 10},
                   {"authenticator": "direct-grant-validate-password", "requirement": "REQUIRED", "priority": 20}]}"""));
        var config = realm.withArray("/authenticatorConfig").addObject().put("alias", "gigya direct grant");
        step.forEach(config.putObject("config")::put);
        addClient(realm, flow, "mobile", "\"publicClient\": true, \"directAccessGrantsEnabled\": true");
        addClient(realm, flow, "website", "\"publicClient\": true, \"directAccessGrantsEnabled\": false");
        addClient(realm, flow, "backend", """
                "publicClient": false, "directAccessGrantsEnabled": true, "secret": "%s\"""".formatted(SECRET.replace("\"", "\\\"")));
    }

    private static void addClient(ObjectNode realm, UUID flow, String id, String settings) {
        var client = (ObjectNode) Json.parse("""
                {"clientId": "%s", "standardFlowEnabled": false, "webOrigins": ["*"], %s,
                 "authenticationFlowBindingOverrides": {"direct_grant": "%s"}}""".formatted(id, settings, flow));
        client.set("protocolMappers", realm.at("/clients/0/protocolMappers").deepCopy());
        realm.withArray("/clients").add(client);
    }

    public GigyaRealm realm() {
        return realm;
    }

    /** {@return the audience of tokens that are made for this realm} */
    public String issuer() {
        return realm.address().toString();
    }

    public URI tokenEndpoint() {
        return URI.create(realm.address() + "/protocol/openid-connect/token");
    }

    /** {@return a new account of the realm's site} */
    public Account account(String name) {
        return realm.site()
                .add(Account.builder()
                        .verifiedEmail(name + "@example.com")
                        .profile("firstName", "Maria")
                        .profile("lastName", "Example")
                        .data("memberNumber", 4711));
    }

    /** {@return what an app of this realm posts of a person who is signed in at Gigya} */
    public Form proofOf(Account account) {
        return forApps(proof.of(account, issuer(), realm));
    }

    /** {@return the form of a page, as an app posts it} */
    public static Form forApps(Form ofPage) {
        var form = Form.empty();
        ofPage.parameters()
                .forEach(part -> form.and(NAMES.getOrDefault(part.getKey(), part.getKey()), part.getValue()));
        return form;
    }

    /** {@return the public client, about to post a proof} */
    public App app() {
        var request = Form.of("grant_type", "password").and("client_id", "mobile");
        return new App(HttpBrowser.of(keycloak.address()), tokenEndpoint(), issuer(), request, AppRealm::forApps);
    }

    /** {@return what the token endpoint answers to the public client} */
    public Page grant(Form posted) {
        return grant(Form.of("client_id", "mobile"), posted);
    }

    /** {@return what the token endpoint answers} */
    public Page grant(Form client, Form posted) {
        AttemptEvents.proofsIn(posted).forEach(proof -> Secrets.remember("proof", proof));
        var form = Form.of("grant_type", "password");
        client.parameters().forEach(part -> form.and(part.getKey(), part.getValue()));
        posted.parameters().forEach(part -> form.and(part.getKey(), part.getValue()));
        return HttpBrowser.of(keycloak.address()).post(tokenEndpoint(), form);
    }

    /** {@return the tokens of the public client for a proof that has to be good} */
    public Tokens signIn(Form posted) {
        return tokens(grant(posted));
    }

    /** {@return the tokens of the public client for the owner of an account} */
    public Tokens signIn(Account account) {
        return signIn(proofOf(account));
    }

    /** {@return the tokens that an answer holds} */
    public static Tokens tokens(Page answer) {
        if (answer.status() != 200) {
            throw new AssertionError("No tokens: " + answer.status() + " " + answer.body());
        }
        return Tokens.of(Json.parse(answer.body()));
    }

    /** Signs a person out, as the app does that forgets its tokens. */
    public void signOut(Tokens tokens) {
        var answer = HttpBrowser.of(keycloak.address())
                .post(
                        URI.create(realm.address() + "/protocol/openid-connect/logout"),
                        Form.of("client_id", "mobile").and("refresh_token", tokens.refreshToken()));
        if (answer.status() / 100 != 2) {
            throw new AssertionError("No sign-out: " + answer.status() + " " + answer.body());
        }
    }

    /** {@return what comes of a proof that the public client posts} */
    public GrantAttempt attempt(Form posted) {
        var before = RealmState.of(realm);
        realm.admin().clearEvents(realm.name());
        var answer = grant(posted);
        return new GrantAttempt(posted, answer, realm.events(), before, RealmState.of(realm));
    }

    @Override
    public void close() {
        realm.close();
    }
}
