package io.github.keycloakgigya.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.server.AdminClient;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.server.Page;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Keycloak's own identity provider {@code oidc}, set up from the upstream server's metadata as the admin console does,
 * with users who are linked already and have a session upstream.
 */
final class OidcBrokerDoor implements Door {

    static final String NAME = "Keycloak's OIDC broker";

    /** Whether it asks for the person's data once more after it got them in the id_token. */
    enum UserInfo {
        /** As Keycloak does unless told otherwise. */
        ASKED,
        NOT_ASKED
    }

    private static final String ALIAS = "oidc";

    private final UpstreamKeycloak upstream;
    private final UserInfo userInfo;

    OidcBrokerDoor(UpstreamKeycloak upstream, UserInfo userInfo) {
        this.upstream = upstream;
        this.userInfo = userInfo;
    }

    @Override
    public String name() {
        return userInfo == UserInfo.ASKED ? NAME : NAME + " without userinfo";
    }

    @Override
    public String realm() {
        return userInfo == UserInfo.ASKED ? "broker" : "broker-without-userinfo";
    }

    @Override
    public void create(AdminClient admin, ObjectNode realm) {
        admin.createRealm(realm);
        var request = (ObjectNode) Json.parse("{\"providerId\": \"oidc\"}");
        request.put("fromUrl", upstream.metadata().toString());
        var config = (ObjectNode) admin.post("realms/" + realm() + "/identity-provider/import-config", request)
                .succeeded()
                .body();
        config.put("clientId", UpstreamKeycloak.CLIENT)
                .put("clientSecret", UpstreamKeycloak.SECRET)
                .put("clientAuthMethod", "client_secret_post")
                .put("syncMode", "LEGACY");
        if (userInfo == UserInfo.NOT_ASKED) {
            config.put("disableUserInfo", "true");
        }
        var provider = (ObjectNode) Json.parse("{\"providerId\": \"oidc\", \"enabled\": true}");
        provider.put("alias", ALIAS).set("config", config);
        admin.post("realms/" + realm() + "/identity-provider/instances", provider)
                .succeeded();
        addUsers(admin);
    }

    private void addUsers(AdminClient admin) {
        var people = (ObjectNode) Json.parse("{\"ifResourceExists\": \"FAIL\"}");
        People.addLinked(
                people,
                ALIAS,
                IntStream.range(0, SignInSuite.PEOPLE).mapToObj(People::id).toList());
        admin.post("realms/" + realm() + "/partialImport", people).succeeded();
    }

    @Override
    public Page signIn(LoginFlow login, int person) {
        var toUpstream = login.begin(Map.of("kc_idp_hint", ALIAS));
        return login.browser().open(upstream.approve(toUpstream.redirect().orElseThrow(), person));
    }
}
