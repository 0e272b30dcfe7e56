package io.github.keycloakgigya.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.server.AdminClient;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.server.Page;
import java.util.Map;

/** The identity provider {@code gigya}, without the user federation, with users who are linked already. */
final class IdentityProviderDoor implements Door {

    private static final String ALIAS = "gigya";

    private final GigyaSite gigya;

    IdentityProviderDoor(GigyaSite gigya) {
        this.gigya = gigya;
    }

    @Override
    public String name() {
        return "identity provider gigya";
    }

    @Override
    public String realm() {
        return "identity-provider";
    }

    @Override
    public void create(AdminClient admin, ObjectNode realm) {
        realm.withArray("/identityProviders").add(gigya.identityProvider(ALIAS));
        People.addLinked(realm, ALIAS, gigya.uids());
        admin.createRealm(realm);
    }

    @Override
    public Page signIn(LoginFlow login, int person) {
        return gigya.signIn(login, login.begin(Map.of("kc_idp_hint", ALIAS)), person);
    }
}
