package io.github.keycloakgigya.it.realm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.Map;

/** Keycloak's own form for user name and password, in a browser of its own. */
public final class PasswordForm {

    private final GigyaRealm realm;

    public PasswordForm(GigyaRealm realm) {
        this.realm = realm;
    }

    /** {@return a realm where people sign in with that form} */
    public static GigyaRealm realm(KeycloakServer keycloak, GigyaSimulator simulator, Map<String, String> federation) {
        var site = simulator.addSite(Site.builder());
        return GigyaRealm.create(keycloak, simulator, site, federation, Map.of(), representation -> {
            var step = (ObjectNode) representation.at("/authenticationFlows/0/authenticationExecutions/1");
            step.put("authenticator", "auth-username-password-form");
            step.remove("authenticatorConfig");
        });
    }

    /** {@return what Keycloak answers to a name or an address and a password} */
    public Page post(String login, String password) {
        var flow = realm.login();
        var form = flow.begin();
        return flow.browser()
                .post(
                        form.formAction("#kc-form-login"),
                        Form.of("username", login).and("password", password));
    }
}
