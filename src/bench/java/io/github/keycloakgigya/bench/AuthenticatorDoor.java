package io.github.keycloakgigya.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.server.AdminClient;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.server.Page;

/** The step "Gigya login" of a browser flow, with the user federation, whose users are imported already. */
final class AuthenticatorDoor implements Door {

    private final GigyaSite gigya;

    AuthenticatorDoor(GigyaSite gigya) {
        this.gigya = gigya;
    }

    @Override
    public String name() {
        return "authenticator gigya-login";
    }

    @Override
    public String realm() {
        return "authenticator";
    }

    @Override
    public void create(AdminClient admin, ObjectNode realm) {
        admin.createRealm(withStep(realm));
        admin.createComponent(realm(), gigya.component());
    }

    /** {@return the realm, whose browser flow is a cookie or the step} */
    static ObjectNode withStep(ObjectNode realm) {
        realm.put("browserFlow", "gigya browser");
        realm.withArray("/authenticationFlows").add(Json.parse("""
                {"alias": "gigya browser", "providerId": "basic-flow", "topLevel": true, "builtIn": false,
                 "authenticationExecutions": [
                   {"authenticator": "auth-cookie", "requirement": "ALTERNATIVE", "priority": 10},
                   {"authenticator": "gigya-login", "requirement": "ALTERNATIVE", "priority": 20}]}"""));
        return realm;
    }

    @Override
    public Page signIn(LoginFlow login, int person) {
        return gigya.signIn(login, login.begin(), person);
    }
}
