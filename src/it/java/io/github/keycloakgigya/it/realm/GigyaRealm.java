package io.github.keycloakgigya.it.realm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.LeakCheck;
import io.github.keycloakgigya.it.Secrets;
import io.github.keycloakgigya.server.AdminClient;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.Keycloak;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.KeycloakSettings;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import io.github.keycloakgigya.simulator.SiteBuilder;
import io.github.keycloakgigya.token.KnownRsaKeys;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A realm whose people have accounts in a simulated Gigya site: user federation, browser flow with the step "Gigya
 * login", and a client.
 */
public final class GigyaRealm implements AutoCloseable {

    /** Where the client lives; nobody listens there, but where a test with a real browser does. */
    public static final URI REDIRECT = URI.create("http://localhost:" + KeycloakSettings.freePort() + "/app");

    /** A second client, at the same place. */
    public static final String OTHER_CLIENT = "other-app";

    // One for all realms: Keycloak makes two pairs of keys for each that brings none, which takes longer than most
    // tests.
    private static final String PRIVATE_KEY = Base64.getEncoder()
            .encodeToString(KnownRsaKeys.number(14).getPrivate().getEncoded());
    private static final String CLIENT = "app";

    private final Keycloak keycloak;
    private final GigyaSimulator simulator;
    private final Site site;
    private final String name;
    private String componentId;
    private int secretsTyped;

    private GigyaRealm(Keycloak keycloak, GigyaSimulator simulator, Site site) {
        this(keycloak, simulator, site, "gigya-" + UUID.randomUUID());
    }

    private GigyaRealm(Keycloak keycloak, GigyaSimulator simulator, Site site, String name) {
        this.keycloak = keycloak;
        this.simulator = simulator;
        this.site = site;
        this.name = name;
    }

    /** {@return this realm at a server that it was brought to} */
    public GigyaRealm at(KeycloakServer other) {
        var same = new GigyaRealm(other, simulator, site, name);
        same.componentId = componentId;
        return same;
    }

    /** {@return a realm with every setting at its default} */
    public static GigyaRealm create(Keycloak keycloak, GigyaSimulator simulator) {
        return create(keycloak, simulator, Map.of(), Map.of());
    }

    /** {@return a realm with these settings of the user federation and of the step "Gigya login"} */
    public static GigyaRealm create(
            Keycloak keycloak, GigyaSimulator simulator, Map<String, String> federation, Map<String, String> step) {
        return create(keycloak, simulator, Site.builder(), federation, step);
    }

    /** {@return a realm of such a site with these settings of the user federation and of the step "Gigya login"} */
    public static GigyaRealm create(
            Keycloak keycloak,
            GigyaSimulator simulator,
            SiteBuilder site,
            Map<String, String> federation,
            Map<String, String> step) {
        return create(keycloak, simulator, simulator.addSite(site), federation, step);
    }

    /** {@return a realm of a site that is there already} */
    public static GigyaRealm create(
            Keycloak keycloak,
            GigyaSimulator simulator,
            Site site,
            Map<String, String> federation,
            Map<String, String> step) {
        return create(keycloak, simulator, site, federation, step, same -> {});
    }

    /**
     * {@return a realm of a certain shape}
     *
     * @param change changes the realm's representation before it is created, its flows say
     */
    public static GigyaRealm create(
            Keycloak keycloak,
            GigyaSimulator simulator,
            Site site,
            Map<String, String> federation,
            Map<String, String> step,
            Consumer<ObjectNode> change) {
        var realm = new GigyaRealm(keycloak, simulator, site);
        Secrets.remember("partner secret", site.partnerSecret());
        Secrets.remember("configured secret", federation.getOrDefault("secret", ""));
        realm.set(federation, step, change);
        return realm;
    }

    /**
     * {@return a realm of a site without a user federation, whose people sign in with Keycloak's own browser flow}
     *
     * @param change changes the realm's representation before it is created
     */
    public static GigyaRealm withoutFederation(
            Keycloak keycloak, GigyaSimulator simulator, Site site, Consumer<ObjectNode> change) {
        var realm = new GigyaRealm(keycloak, simulator, site);
        Secrets.remember("partner secret", site.partnerSecret());
        var representation = realm.representation();
        representation.remove(List.of("browserFlow", "authenticationFlows", "authenticatorConfig"));
        change.accept(representation);
        keycloak.admin().createRealm(representation);
        return realm;
    }

    private void set(Map<String, String> federation, Map<String, String> step, Consumer<ObjectNode> change) {
        var admin = keycloak.admin();
        var representation = representation();
        var config = (ObjectNode) representation.at("/authenticatorConfig/0/config");
        step.forEach(config::put);
        change.accept(representation);
        admin.createRealm(representation);
        componentId = admin.createComponent(name, component("gigya", site, federation));
    }

    private ObjectNode representation() {
        var representation = (ObjectNode) Json.parse(TEMPLATE.replace("REALM", name)
                .replace("CLIENT", REDIRECT.toString())
                .replace("PERMISSIONS", PERMISSIONS));
        return representation.put("privateKey", PRIVATE_KEY);
    }

    private ObjectNode component(String componentName, Site ofSite, Map<String, String> federation) {
        var component = (ObjectNode) Json.parse("""
                {"providerId": "gigya", "providerType": "org.keycloak.storage.UserStorageProvider", "config": {}}""");
        component.put("name", componentName);
        var settings = (ObjectNode) component.get("config");
        defaults(ofSite).forEach((key, value) -> settings.putArray(key).add(value));
        federation.forEach((key, value) -> settings.putArray(key).add(value));
        return component;
    }

    /** {@return the id of a second user federation, with another site} */
    public String addFederation(String componentName, Site otherSite) {
        return addFederation(componentName, otherSite, Map.of());
    }

    /** {@return the id of a second user federation, with another site and these settings} */
    public String addFederation(String componentName, Site otherSite, Map<String, String> federation) {
        return admin().createComponent(name, component(componentName, otherSite, federation));
    }

    /** Changes one setting of the user federation. */
    public void setFederation(String key, String value) {
        var path = "realms/" + name + "/components/" + componentId;
        var component = (ObjectNode) admin().get(path).succeeded().body();
        ((ObjectNode) component.get("config")).putArray(key).add(value);
        admin().put(path, component).succeeded();
    }

    /** Replaces all settings of the step "Gigya login". */
    public void setStep(Map<String, String> settings) {
        var executions = admin().get("realms/" + name + "/authentication/flows/gigya%20browser/executions")
                .succeeded()
                .body();
        var path = "realms/" + name + "/authentication/config/"
                + executions.findValue("authenticationConfig").asText();
        var config = (ObjectNode) admin().get(path).succeeded().body();
        var values = config.putObject("config");
        settings.forEach(values::put);
        admin().put(path, config).succeeded();
    }

    private Map<String, String> defaults(Site ofSite) {
        return Map.of(
                // Tests order faults, count calls and save wrong settings on purpose; SaveCheckIT switches it on.
                "checkConnectionOnSave", "false",
                "enabled", "true",
                "importEnabled", "true",
                "cachePolicy", "DEFAULT",
                "apiDomain", simulator.apiDomain(),
                "apiKey", ofSite.apiKey(),
                "secret", ofSite.partnerSecret(),
                "fieldMappings", """
                        [{"key":"profile.firstName","value":"firstName"},{"key":"profile.lastName","value":"lastName"},
                         {"key":"profile.email","value":"email"},{"key":"data.interests","value":"interests"},
                         {"key":"data.memberNumber","value":"memberNumber"}]""");
    }

    public GigyaSimulator simulator() {
        return simulator;
    }

    /** Changes settings of the user federation; the others stay. A secret counts as typed again. */
    public void configure(Map<String, String> federation) {
        Secrets.remember("configured secret", federation.getOrDefault("secret", ""));
        var path = "realms/" + name + "/components/" + componentId;
        var component = (ObjectNode) admin().get(path).succeeded().body();
        var settings = (ObjectNode) component.get("config");
        federation.forEach((key, value) -> settings.putArray(key).add(value));
        if (federation.containsKey("secret")) {
            secretsTyped++;
            settings.putArray("secret").add(federation.get("secret") + " ".repeat(1 + secretsTyped % 2));
        }
        admin().updateComponent(name, componentId, component);
    }

    public String name() {
        return name;
    }

    public Site site() {
        return site;
    }

    public String componentId() {
        return componentId;
    }

    public AdminClient admin() {
        return keycloak.admin();
    }

    /** {@return the realm's address below the server's} */
    public URI address() {
        return URI.create(keycloak.address() + "/realms/" + name);
    }

    /** {@return a sign-in at the client, in a browser of its own} */
    public LoginFlow login() {
        return login(HttpBrowser.of(keycloak.address()));
    }

    /** {@return a sign-in at the client} */
    public LoginFlow login(HttpBrowser browser) {
        return login(browser, CLIENT);
    }

    /** {@return a sign-in at one of the clients} */
    public LoginFlow login(HttpBrowser browser, String clientId) {
        return new LoginFlow(browser, name, clientId, REDIRECT);
    }

    /** {@return a browser that has opened the page and not signed in yet} */
    public Visitor visit() {
        return visit(Map.of());
    }

    /** {@return a browser, other windows of which may be open, that has opened the page} */
    public Visitor visit(HttpBrowser browser) {
        return Visitor.open(this, browser, Map.of());
    }

    /** {@return a browser that has opened the page with parameters such as {@code prompt}} */
    public Visitor visit(Map<String, String> parameters) {
        return Visitor.open(this, HttpBrowser.of(keycloak.address()), parameters);
    }

    /** {@return a token as Gigya's script would get it for the person who is signed in at Gigya} */
    public String proofOf(Account account, String audience) {
        return simulator.accountToken(site, account, audience);
    }

    /** {@return the tokens of a person who signs in} */
    public Tokens signIn(Account account) {
        return visit().signIn(account);
    }

    /** {@return the user who stands for an account; fails where there is none or several} */
    public JsonNode userOf(Account account) {
        var users = admin().users(name, Map.of("q", "\"gigya.uid\":\"" + account.uid() + "\""));
        if (users.size() != 1) {
            throw new AssertionError("One user was expected for the account, not " + users.size());
        }
        return users.get(0);
    }

    /** {@return every user, as the admin API shows them} */
    public List<JsonNode> users() {
        return admin().users(name, Map.of("max", "1000"));
    }

    /** {@return what the admin API tells of a user below its address, such as {@code role-mappings}} */
    public JsonNode ofUser(JsonNode user, String what) {
        return admin().get("realms/" + name + "/users/" + user.path("id").asText() + "/" + what)
                .succeeded()
                .body();
    }

    /** {@return how many sessions each client has} */
    public JsonNode sessions() {
        return admin().get("realms/" + name + "/client-session-stats")
                .succeeded()
                .body();
    }

    /** {@return the events, newest first} */
    public List<JsonNode> events() {
        return admin().events(name);
    }

    /** {@return how many failed sign-ins of a user brute-force protection counts} */
    public int countedFailures(String userId) {
        return admin().get("realms/" + name + "/attack-detection/brute-force/users/" + userId)
                .succeeded()
                .body()
                .path("numFailures")
                .asInt(-1);
    }

    /** Deletes the realm, after a look whether its events hold what no event may hold. */
    @Override
    public void close() {
        var check = new LeakCheck(Secrets.soFar());
        var leaks = new ArrayList<>(check.inEvents(events()));
        leaks.addAll(check.inAdminEvents(admin().adminEvents(name)));
        admin().deleteRealm(name);
        if (!leaks.isEmpty()) {
            throw new AssertionError("Events of the realm hold what is secret: " + leaks);
        }
    }

    // Without these Keycloak shows an attribute to nobody. JSON in a text in JSON.
    private static final String PERMISSIONS =
            "\\\"permissions\\\":{\\\"view\\\":[\\\"admin\\\",\\\"user\\\"],\\\"edit\\\":[\\\"admin\\\",\\\"user\\\"]}";

    private static final String TEMPLATE = """
            {
              "realm": "REALM",
              "displayName": "Example Shop",
              "enabled": true,
              "sslRequired": "none",
              "eventsEnabled": true,
              "adminEventsEnabled": true,
              "adminEventsDetailsEnabled": true,
              "bruteForceProtected": true,
              "internationalizationEnabled": true,
              "supportedLocales": ["en", "de"],
              "defaultLocale": "en",
              "browserFlow": "gigya browser",
              "authenticationFlows": [
                {
                  "alias": "gigya browser", "providerId": "basic-flow", "topLevel": true, "builtIn": false,
                  "authenticationExecutions": [
                    {"authenticator": "auth-cookie", "requirement": "ALTERNATIVE", "priority": 10},
                    {"authenticator": "gigya-login", "authenticatorConfig": "gigya login",
                     "requirement": "ALTERNATIVE", "priority": 20}
                  ]
                }
              ],
              "authenticatorConfig": [{"alias": "gigya login", "config": {}}],
              "components": {
                "org.keycloak.userprofile.UserProfileProvider": [
                  {"providerId": "declarative-user-profile",
                   "config": {"kc.user.profile.config": ["{\\"unmanagedAttributePolicy\\":\\"ENABLED\\",\\"attributes\\":[{\\"name\\":\\"username\\",\\"displayName\\":\\"${username}\\",PERMISSIONS},{\\"name\\":\\"email\\",\\"displayName\\":\\"${email}\\",PERMISSIONS},{\\"name\\":\\"firstName\\",\\"displayName\\":\\"${firstName}\\",PERMISSIONS},{\\"name\\":\\"lastName\\",\\"displayName\\":\\"${lastName}\\",PERMISSIONS}]}"]}}
                ]
              },
              "clients": [
                {
                  "clientId": "app", "publicClient": true, "standardFlowEnabled": true,
                  "redirectUris": ["CLIENT"],
                  "protocolMappers": [
                    {"name": "uid", "protocol": "openid-connect", "protocolMapper": "oidc-usermodel-attribute-mapper",
                     "config": {"user.attribute": "gigya.uid", "claim.name": "gigya\\\\.uid", "jsonType.label": "String",
                                "access.token.claim": "true"}},
                    {"name": "interests", "protocol": "openid-connect",
                     "protocolMapper": "oidc-usermodel-attribute-mapper",
                     "config": {"user.attribute": "interests", "claim.name": "interests", "multivalued": "true",
                                "jsonType.label": "String", "access.token.claim": "true"}},
                    {"name": "memberNumber", "protocol": "openid-connect",
                     "protocolMapper": "oidc-usermodel-attribute-mapper",
                     "config": {"user.attribute": "memberNumber", "claim.name": "memberNumber",
                                "jsonType.label": "long", "access.token.claim": "true"}}
                  ]
                },
                {"clientId": "other-app", "publicClient": true, "standardFlowEnabled": true, "redirectUris": ["CLIENT"]}
              ]
            }""";
}
