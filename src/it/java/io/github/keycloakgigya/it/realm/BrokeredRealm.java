package io.github.keycloakgigya.it.realm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.server.AdminAnswer;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.Keycloak;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.AccountBuilder;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** A realm whose people may sign in with the identity provider {@code gigya}. */
public final class BrokeredRealm implements AutoCloseable {

    public static final String ALIAS = "shop";
    /** A second provider of the same site, where a test adds one. */
    public static final String TWIN = "twin";

    private final GigyaRealm realm;

    private BrokeredRealm(GigyaRealm realm) {
        this.realm = realm;
    }

    /** {@return a realm without a user federation, with these settings of the identity provider} */
    public static BrokeredRealm create(Keycloak keycloak, GigyaSimulator simulator, Map<String, String> settings) {
        return create(keycloak, simulator, simulator.addSite(Site.builder()), settings, same -> {});
    }

    /**
     * {@return a realm of a certain shape without a user federation}
     *
     * @param change changes the realm's representation before it is created
     */
    public static BrokeredRealm create(
            Keycloak keycloak,
            GigyaSimulator simulator,
            Site site,
            Map<String, String> settings,
            Consumer<ObjectNode> change) {
        return of(GigyaRealm.withoutFederation(keycloak, simulator, site, change), settings);
    }

    /** {@return a realm that is there already, with an identity provider of its site} */
    public static BrokeredRealm of(GigyaRealm realm, Map<String, String> settings) {
        var brokered = new BrokeredRealm(realm);
        brokered.addProvider(ALIAS, realm.site(), settings);
        return brokered;
    }

    /** {@return a realm that has the identity provider already} */
    public static BrokeredRealm at(GigyaRealm realm) {
        return new BrokeredRealm(realm);
    }

    /**
     * {@return a realm of a new site that has a user federation and the step "Gigya login" as well} Who does not choose the
     * identity provider stands before that step.
     */
    public static BrokeredRealm withFederation(
            Keycloak keycloak, GigyaSimulator simulator, Map<String, String> federation, Map<String, String> settings) {
        var site = simulator.addSite(Site.builder());
        var realm = GigyaRealm.create(
                keycloak, simulator, site, federation, Map.of(), BrokeredRealm::offerIdentityProviders);
        return of(realm, settings);
    }

    private static void offerIdentityProviders(ObjectNode realm) {
        ((ArrayNode) realm.at("/authenticationFlows/0/authenticationExecutions"))
                .addObject()
                .put("authenticator", "identity-provider-redirector")
                .put("requirement", "ALTERNATIVE")
                .put("priority", 15);
    }

    /** {@return this realm at a server that it was brought to} */
    public BrokeredRealm at(KeycloakServer other) {
        return new BrokeredRealm(realm.at(other));
    }

    public GigyaRealm realm() {
        return realm;
    }

    /** Adds an identity provider with these settings; those that begin with {@code $} are the provider's own. */
    public void addProvider(String alias, Site site, Map<String, String> settings) {
        realm.admin().post(providers(), provider(alias, site, settings)).succeeded();
    }

    /** {@return an identity provider as an administrator posts it} */
    public ObjectNode provider(String alias, Site site, Map<String, String> settings) {
        var provider = (ObjectNode) Json.parse("""
                {"providerId": "gigya", "enabled": true, "config": {}}""");
        provider.put("alias", alias);
        var config = (ObjectNode) provider.get("config");
        config.put("apiDomain", realm.simulator().apiDomain());
        config.put("clientId", site.apiKey());
        config.put("clientSecret", site.partnerSecret());
        set(provider, settings);
        return provider;
    }

    /** Changes settings of the identity provider; those that begin with {@code $} are the provider's own. */
    public void configure(Map<String, String> settings) {
        var provider = (ObjectNode) realm.admin().get(path()).succeeded().body();
        set(provider, settings);
        realm.admin().put(path(), provider).succeeded();
    }

    /** Sets settings of an identity provider; those that begin with {@code $} are the provider's own. */
    public static void set(ObjectNode provider, Map<String, String> settings) {
        settings.forEach((key, value) -> {
            if (key.startsWith("$")) {
                provider.set(key.substring(1), Json.parse(value));
            } else {
                ((ObjectNode) provider.get("config")).put(key, value);
            }
        });
    }

    /** Adds a mapper as a realm file does: without an event, and so without what is refused on save. */
    public void importMapper(String kind, Map<String, String> settings) {
        var file = (ObjectNode) Json.parse("""
                {"ifResourceExists": "OVERWRITE"}""");
        file.putArray("identityProviderMappers").add(mapper(kind, settings));
        realm.admin().post("realms/" + realm.name() + "/partialImport", file).succeeded();
    }

    /** Removes all mappers. */
    public void removeMappers() {
        realm.admin()
                .get(mappers())
                .succeeded()
                .body()
                .forEach(mapper -> realm.admin()
                        .delete(mappers() + "/" + mapper.path("id").asText())
                        .succeeded());
    }

    /** {@return the id of a new mapper of the identity provider} */
    public String addMapper(String kind, Map<String, String> settings) {
        return postMapper(kind, settings).createdId();
    }

    /** {@return what Keycloak answers to a new mapper of the identity provider} */
    public AdminAnswer postMapper(String kind, Map<String, String> settings) {
        return realm.admin().post(mappers(), mapper(kind, settings));
    }

    /** {@return a mapper as an administrator posts it} */
    public ObjectNode mapper(String kind, Map<String, String> settings) {
        var mapper = (ObjectNode) Json.parse("""
                {"identityProviderAlias": "%s", "identityProviderMapper": "%s", "name": "%s", "config": {}}""".formatted(ALIAS, kind, kind + " " + UUID.randomUUID()));
        settings.forEach(((ObjectNode) mapper.get("config"))::put);
        return mapper;
    }

    /** {@return a path of the admin API: the mappers of the identity provider} */
    public String mappers() {
        return path() + "/mappers";
    }

    /** {@return a path of the admin API: the identity provider} */
    public String path() {
        return providers() + "/" + ALIAS;
    }

    /** {@return a path of the admin API: all identity providers} */
    public String providers() {
        return "realms/" + realm.name() + "/identity-provider/instances";
    }

    /** {@return a browser that has chosen the identity provider and not signed in yet} */
    public Visitor visit() {
        return visit(Map.of());
    }

    /** {@return a browser, other windows of which may be open, that has chosen the identity provider} */
    public Visitor visit(HttpBrowser browser) {
        return Visitor.open(realm, browser, Map.of("kc_idp_hint", ALIAS));
    }

    /** {@return a browser that has chosen the identity provider, with parameters such as {@code prompt}} */
    public Visitor visit(Map<String, String> parameters) {
        var all = new HashMap<>(parameters);
        all.put("kc_idp_hint", ALIAS);
        return realm.visit(all);
    }

    /** {@return what Keycloak shows to a person whom the application sends to an identity provider} */
    public Page open(String alias) {
        return realm.login().begin(Map.of("kc_idp_hint", alias));
    }

    /** {@return the tokens of a person who signs in} */
    public Tokens signIn(Account account) {
        return visit().signIn(account);
    }

    /** {@return the tokens of a person who signs in with another identity provider} */
    public Tokens signIn(String alias, Site site, Account account) {
        var visitor = realm.visit(Map.of("kc_idp_hint", alias));
        return visitor.login().finish(visitor.post(realm.simulator().accountToken(site, account, visitor.audience())));
    }

    /** {@return what the newest event that tells of a failure calls it} */
    public String newestError() {
        return realm.events().stream()
                .map(event -> event.at("/details/gigya_error").asText())
                .filter(error -> !error.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** {@return an account that lacks nothing, with a verified address at example.com} */
    public static AccountBuilder person(String name) {
        return person(name, "example.com");
    }

    /** {@return an account that lacks nothing, with a verified address at this domain} */
    public static AccountBuilder person(String name, String domain) {
        return Account.builder()
                .verifiedEmail(name + "@" + domain)
                .profile("firstName", name.substring(0, 1).toUpperCase() + name.substring(1))
                .profile("lastName", "Example")
                .data("interests", List.of("chess", "rowing"));
    }

    /** Links a user to an account, as an administrator does. */
    public void addLink(String userId, Account account) {
        realm.admin()
                .post(
                        "realms/" + realm.name() + "/users/" + userId + "/federated-identity/" + ALIAS,
                        Json.parse("""
                                {"userId": "%s", "userName": "linked"}""".formatted(account.uid())))
                .succeeded();
    }

    /** {@return what a signed-in user reads who has asked to link an account, and proved to own it} */
    public Page link(HttpBrowser signedIn, Account account) {
        var visitor = visitToLink(signedIn);
        // Keycloak's actions demand a new sign-in.
        realm.simulator().signIn(realm.site(), account);
        return visitor.post(realm.proofOf(account, visitor.audience()));
    }

    /** {@return the browser of a signed-in user who has asked to link an account, and not proved to own one yet} */
    public Visitor visitToLink(HttpBrowser signedIn) {
        var visitor = Visitor.open(realm, signedIn, Map.of("kc_action", "idp_link:" + ALIAS));
        return visitor.on(signedIn.post(visitor.page().formAction("form"), Form.empty()));
    }

    /** {@return the links of a user to identity providers} */
    public List<JsonNode> linksOf(String userId) {
        var links = new ArrayList<JsonNode>();
        realm.admin()
                .get("realms/" + realm.name() + "/users/" + userId + "/federated-identity")
                .succeeded()
                .body()
                .forEach(links::add);
        return links;
    }

    @Override
    public void close() {
        realm.close();
    }
}
