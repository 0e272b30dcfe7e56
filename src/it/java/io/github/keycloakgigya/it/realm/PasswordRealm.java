package io.github.keycloakgigya.it.realm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.Keycloak;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.AccountBuilder;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.Map;
import java.util.UUID;

/** A realm whose people type their Gigya password into Keycloak's own form, or into an app that sends it on. */
public final class PasswordRealm implements AutoCloseable {

    public static final String PASSWORD = "correct horse battery staple";

    private static final String CLIENT = "passwords";

    /** Somebody who has been here, so that a user stands for the account. */
    public record Person(String email, Account account, String userId) {}

    private final Keycloak keycloak;
    private final GigyaRealm realm;
    private final UserAdmin users;
    private int people;

    private PasswordRealm(Keycloak keycloak, GigyaRealm realm) {
        this.keycloak = keycloak;
        this.realm = realm;
        this.users = new UserAdmin(realm);
    }

    /** {@return a realm with these settings of the user federation} */
    public static PasswordRealm create(Keycloak keycloak, GigyaSimulator simulator, Map<String, String> federation) {
        var site = simulator.addSite(Site.builder());
        var realm =
                GigyaRealm.create(keycloak, simulator, site, federation, Map.of(), PasswordRealm::addPasswordClient);
        var passwords = new PasswordRealm(keycloak, realm);
        passwords.users.allowPasswords();
        return passwords;
    }

    private static void addPasswordClient(ObjectNode realm) {
        var flow = UUID.randomUUID();
        var flows = realm.withArray("/authenticationFlows");
        flows.add(Json.parse("""
                {"id": "%s", "alias": "password browser", "providerId": "basic-flow", "topLevel": true, "builtIn": false,
                 "authenticationExecutions": [
                   {"authenticator": "auth-cookie", "requirement": "ALTERNATIVE", "priority": 10},
                   {"authenticatorFlow": true, "flowAlias": "password forms", "requirement": "ALTERNATIVE",
                    "priority": 20}]}""".formatted(flow)));
        flows.add(Json.parse("""
                {"alias": "password forms", "providerId": "basic-flow", "topLevel": false, "builtIn": false,
                 "authenticationExecutions": [
                   {"authenticator": "auth-username-password-form", "requirement": "REQUIRED", "priority": 10}]}"""));
        realm.withArray("/clients").add(Json.parse("""
                {"clientId": "%s", "publicClient": true, "standardFlowEnabled": true, "redirectUris": ["%s"],
                 "authenticationFlowBindingOverrides": {"browser": "%s"}}""".formatted(CLIENT, GigyaRealm.REDIRECT, flow)));
    }

    public GigyaRealm realm() {
        return realm;
    }

    public UserAdmin users() {
        return users;
    }

    /** {@return somebody with a new account and {@link #PASSWORD}, who has signed in once} */
    public Person newPerson() {
        people++;
        return newPerson("typist" + people + "@example.com", Account.builder());
    }

    /** {@return somebody with a new account and {@link #PASSWORD}, who has signed in once} */
    public Person newPerson(String email, AccountBuilder builder) {
        var account = realm.site().add(builder.verifiedEmail(email).password(PASSWORD));
        return new Person(email, account, realm.signIn(account).subject());
    }

    /** {@return a sign-in by password form that has not begun} */
    public LoginFlow login() {
        return login(HttpBrowser.of(keycloak.address()));
    }

    /** {@return a sign-in by password form that has not begun} */
    public LoginFlow login(HttpBrowser browser) {
        return new LoginFlow(browser, realm.name(), CLIENT, GigyaRealm.REDIRECT);
    }

    @Override
    public void close() {
        realm.close();
    }
}
