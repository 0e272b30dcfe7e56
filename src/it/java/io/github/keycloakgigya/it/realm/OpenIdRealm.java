package io.github.keycloakgigya.it.realm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.Secrets;
import io.github.keycloakgigya.server.AdminAnswer;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.OpenIdClient;
import io.github.keycloakgigya.simulator.Site;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A realm whose people come in through Keycloak's own identity provider {@code oidc}, which points at a site's OpenID
 * provider, with the mapper {@code gigya-account-importer}. An identity provider {@code gigya} for linking only holds the
 * settings of the site.
 */
public final class OpenIdRealm implements AutoCloseable {

    public static final String ALIAS = "openid";

    private static final String MAPPINGS = """
            [{"key":"profile.firstName","value":"firstName"},{"key":"profile.lastName","value":"lastName"},
             {"key":"profile.email","value":"email"},{"key":"data.interests","value":"interests"},
             {"key":"data.memberNumber","value":"memberNumber"}]""";

    private final BrokeredRealm realm;

    private OpenIdRealm(BrokeredRealm realm) {
        this.realm = realm;
    }

    /** {@return a realm with these settings of the identity provider and of the mapper} */
    public static OpenIdRealm create(
            KeycloakServer keycloak,
            GigyaSimulator simulator,
            Map<String, String> provider,
            Map<String, String> mapper) {
        var site = simulator.addSite(Site.builder());
        return create(keycloak, simulator, site, site, OpenIdClient.Subjects.PUBLIC, provider, mapper);
    }

    /**
     * {@return a realm in which the one site's settings are used for the other site's OpenID provider}
     *
     * @param subjects whom the OpenID provider tells Keycloak of
     */
    public static OpenIdRealm create(
            KeycloakServer keycloak,
            GigyaSimulator simulator,
            Site site,
            Site issuing,
            OpenIdClient.Subjects subjects,
            Map<String, String> provider,
            Map<String, String> mapper) {
        var brokered = BrokeredRealm.create(keycloak, simulator, site, Map.of("$linkOnly", "true"), same -> {});
        var realm = new OpenIdRealm(brokered);
        realm.addProvider(simulator.openIdIssuer(issuing), realm.client(issuing, subjects), provider);
        realm.addMapper(mapper).succeeded();
        return realm;
    }

    private OpenIdClient client(Site issuing, OpenIdClient.Subjects subjects) {
        return issuing.addOpenIdClient(realm().address() + "/broker/" + ALIAS + "/endpoint", subjects);
    }

    private void addProvider(String issuer, OpenIdClient client, Map<String, String> settings) {
        addProvider(realm(), issuer, client, settings);
    }

    /** Gives a realm Keycloak's own OIDC provider, under {@link #ALIAS}. */
    public static void addProvider(GigyaRealm realm, String issuer, OpenIdClient client, Map<String, String> settings) {
        Secrets.remember("client secret", client.secret());
        var provider = (ObjectNode) Json.parse("""
                {"providerId": "oidc", "enabled": true, "config": {
                  "validateSignature": "true", "useJwksUrl": "true", "clientAuthMethod": "client_secret_post",
                  "pkceEnabled": "true", "pkceMethod": "S256", "defaultScope": "openid profile email"}}""");
        provider.put("alias", ALIAS);
        ((ObjectNode) provider.get("config"))
                .put("issuer", issuer)
                .put("authorizationUrl", issuer + "/authorize")
                .put("tokenUrl", issuer + "/token")
                .put("userInfoUrl", issuer + "/userinfo")
                .put("jwksUrl", issuer + "/.well-known/jwks")
                .put("clientId", client.id())
                .put("clientSecret", client.secret());
        BrokeredRealm.set(provider, settings);
        realm.admin()
                .post("realms/" + realm.name() + "/identity-provider/instances", provider)
                .succeeded();
    }

    /** {@return what Keycloak answers to one more mapper with these settings} */
    public AdminAnswer addMapper(Map<String, String> settings) {
        var mapper = (ObjectNode) Json.parse("""
                {"identityProviderMapper": "gigya-account-importer",
                 "config": {"syncMode": "INHERIT"}}""");
        mapper.put("name", "account " + UUID.randomUUID());
        mapper.put("identityProviderAlias", ALIAS);
        ((ObjectNode) mapper.get("config")).put("source", BrokeredRealm.ALIAS).put("fieldMappings", MAPPINGS);
        settings.forEach(((ObjectNode) mapper.get("config"))::put);
        return realm().admin().post(mappers(), mapper);
    }

    /** Changes settings of the identity provider; those that begin with {@code $} are the provider's own. */
    public void configureProvider(Map<String, String> settings) {
        var provider = (ObjectNode) realm().admin().get(provider()).succeeded().body();
        BrokeredRealm.set(provider, settings);
        realm().admin().put(provider(), provider).succeeded();
    }

    /** Changes settings of the mapper. */
    public void configureMapper(Map<String, String> settings) {
        changeMapper(settings).succeeded();
    }

    /** {@return what Keycloak answers to other settings of the mapper} */
    public AdminAnswer changeMapper(Map<String, String> settings) {
        var mapper =
                (ObjectNode) realm().admin().get(mappers()).succeeded().body().get(0);
        settings.forEach(((ObjectNode) mapper.get("config"))::put);
        return realm().admin().put(mappers() + "/" + mapper.path("id").asText(), mapper);
    }

    private String provider() {
        return realm.providers() + "/" + ALIAS;
    }

    private String mappers() {
        return provider() + "/mappers";
    }

    public GigyaRealm realm() {
        return realm.realm();
    }

    public BrokeredRealm brokered() {
        return realm;
    }

    /** {@return the tokens of a person who signs in at Gigya} */
    public Tokens signIn(Account account) {
        var login = realm().login();
        return login.finish(arrive(login, realm().site(), account));
    }

    /** {@return what Keycloak shows to a person who comes back from a site's OpenID provider} */
    public Page arrive(LoginFlow login, Site issuing, Account account) {
        return arrive(realm(), login, issuing, account);
    }

    /** {@return what Keycloak shows to a person who comes back from a site's OpenID provider to any realm} */
    public static Page arrive(GigyaRealm realm, LoginFlow login, Site issuing, Account account) {
        var sent = login.begin(Map.of("kc_idp_hint", ALIAS)).redirect().orElseThrow();
        return login.browser().open(realm.simulator().authorize(issuing, sent, account));
    }

    /** {@return the user who stands for an account} */
    public JsonNode userOf(Account account) {
        return realm().userOf(account);
    }

    public List<JsonNode> users() {
        return realm().users();
    }

    @Override
    public void close() {
        realm.close();
    }
}
