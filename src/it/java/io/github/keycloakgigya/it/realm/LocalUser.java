package io.github.keycloakgigya.it.realm;

import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.Map;

/**
 * A signed-in user who has nothing to do with a realm's user federation: an identity provider of another site made it.
 *
 * @param id the user's id
 * @param browser where the user is signed in
 */
public record LocalUser(String id, HttpBrowser browser) {

    /**
     * {@return a new user who is signed in}
     *
     * @param elsewhere the site of the realm's identity provider {@code elsewhere}
     */
    public static LocalUser signIn(BrokeredRealm realm, GigyaSimulator simulator, Site elsewhere, String name) {
        var account = elsewhere.add(BrokeredRealm.person(name, "elsewhere.example.com"));
        var browser = realm.realm().login().browser();
        var visitor = Visitor.open(realm.realm(), browser, Map.of("kc_idp_hint", "elsewhere"));
        var page = visitor.post(simulator.accountToken(elsewhere, account, visitor.audience()));
        return new LocalUser(visitor.login().finish(page).subject(), browser);
    }
}
