package io.github.keycloakgigya.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.server.AdminClient;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.server.Page;

/** Keycloak's own form for user name and password, with passwords that Keycloak stores in its default way. */
final class PasswordDoor implements Door {

    @Override
    public String name() {
        return "password form";
    }

    @Override
    public String realm() {
        return "password";
    }

    @Override
    public void create(AdminClient admin, ObjectNode realm) {
        People.addWithPassword(realm, SignInSuite.PEOPLE);
        admin.createRealm(realm);
    }

    @Override
    public Page signIn(LoginFlow login, int person) {
        var form = login.begin();
        return login.browser()
                .post(
                        form.formAction("#kc-form-login"),
                        Form.of("username", People.username(person)).and("password", People.PASSWORD));
    }
}
