package io.github.keycloakgigya.it.soak;

import io.github.keycloakgigya.it.realm.AppRealm;
import io.github.keycloakgigya.it.realm.BrokeredApps;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.PasswordRealm;
import io.github.keycloakgigya.it.realm.TokenDoor;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.AdminAnswer;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.Keycloak;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The realms of a soak, each with a site of its own: two with a user federation, for proofs and for passwords, and two with
 * the identity provider, for each of its doors at the token endpoint.
 *
 * @param proofs a federation, the step "Gigya login" and the step "Gigya direct grant"
 * @param passwords a federation, Keycloak's password form and the password grant
 * @param exchange the identity provider and external token exchange
 * @param assertions the identity provider and the JWT authorization grant
 */
record SoakRealms(
        AppRealm proofs,
        SoakPeople ofProofs,
        PasswordRealm passwords,
        SoakPeople ofPasswords,
        BrokeredApps exchange,
        SoakPeople ofExchange,
        BrokeredApps assertions,
        SoakPeople ofAssertions) {

    private static final int FEDERATED = 300;
    /** How many people are at each identity provider before the soak begins. */
    static final int BROKERED = 40;

    private static final Map<String, String> FEDERATION = Map.of(
            "syncRemovesMissing",
            "true",
            "missingAccountPolicy",
            "disable",
            "searchPageSize",
            "50",
            "fieldMappings",
            """
            [{"key":"profile.firstName","value":"firstName"},{"key":"profile.lastName","value":"lastName"},
             {"key":"profile.email","value":"email"},{"key":"data.tier","value":"tier"},{"key":"data.tags","value":"tags"}]""");

    // People sign in several times at once, and logins that go no further have to end before the soak does.
    private static final String SETTINGS = """
            {"bruteForceProtected": false, "accessCodeLifespan": 60, "accessCodeLifespanUserAction": 60,
             "accessCodeLifespanLogin": 60}""";

    /** {@return the realms, whose accounts are users already} */
    static SoakRealms create(Keycloak keycloak, GigyaSimulator simulator) {
        var proofs = AppRealm.create(keycloak, simulator, simulator.addSite(Site.builder()), FEDERATION, Map.of());
        var passwords = PasswordRealm.create(keycloak, simulator, FEDERATION);
        var exchange = BrokeredApps.create(keycloak, simulator, TokenDoor.TOKEN_EXCHANGE, Map.of("syncMode", "FORCE"));
        var assertions = BrokeredApps.create(
                keycloak, simulator, TokenDoor.JWT_AUTHORIZATION_GRANT, Map.of("syncMode", "FORCE"));
        var realms = new SoakRealms(
                proofs,
                new SoakPeople(proofs.realm().site(), FEDERATED),
                passwords,
                new SoakPeople(passwords.realm().site(), FEDERATED),
                exchange,
                new SoakPeople(exchange.realm().site(), BROKERED),
                assertions,
                new SoakPeople(assertions.realm().site(), BROKERED));
        realms.all().forEach(realm -> new UserAdmin(realm).changeRealm(SETTINGS));
        realms.federated().keySet().forEach(realm -> sync(realm, "triggerFullSync"));
        // The one grant is for people who have a link already. The other refuses while a user has an account's
        // address and no link, which is so for a moment while Keycloak's first broker login goes on.
        realms.ofAssertions.known().forEach(person -> assertions.brokered().signIn(person.account()));
        realms.ofExchange.known().forEach(person -> exchange.brokered().signIn(person.account()));
        return realms;
    }

    /** {@return what came of a sync} */
    static AdminAnswer sync(GigyaRealm realm, String action) {
        return realm.admin()
                .post(
                        "realms/" + realm.name() + "/user-storage/" + realm.componentId() + "/sync?action=" + action,
                        Json.parse("{}"));
    }

    List<GigyaRealm> all() {
        return Stream.concat(federated().keySet().stream(), brokered().stream()).toList();
    }

    /** {@return the realms with a user federation} */
    Map<GigyaRealm, SoakPeople> federated() {
        return Map.of(proofs.realm(), ofProofs, passwords.realm(), ofPasswords);
    }

    /** {@return the realms with the identity provider} */
    List<GigyaRealm> brokered() {
        return List.of(exchange.realm(), assertions.realm());
    }

    /** Ends every session, and empties the caches whose contents depend on who came lately. */
    void forgetSessions() {
        for (var realm : all()) {
            var path = "realms/" + realm.name() + "/";
            for (var action : List.of("logout-all", "clear-user-cache", "clear-realm-cache")) {
                realm.admin().post(path + action, Json.parse("{}")).succeeded();
            }
        }
    }
}
