package io.github.keycloakgigya.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.GigyaPage;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakSettings;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A simulated Gigya site in this Java machine, read by this project's user federation. */
final class GigyaSite implements UserSource {

    // As many attributes of a user as Keycloak's LDAP provider stores: the UID is the fourth.
    private static final String MAPPINGS = """
            [{"key":"profile.firstName","value":"firstName"},{"key":"profile.lastName","value":"lastName"},
             {"key":"profile.email","value":"email"},{"key":"profile.country","value":"country"},
             {"key":"data.memberNumber","value":"memberNumber"},{"key":"data.plan","value":"plan"}]""";

    private final GigyaSimulator simulator;
    private final Site site;
    private final List<Account> accounts;

    private GigyaSite(GigyaSimulator simulator, Site site, List<Account> accounts) {
        this.simulator = simulator;
        this.site = site;
        this.accounts = accounts;
    }

    /** {@return a running site of so many accounts} */
    static GigyaSite start(int people) {
        var simulator = GigyaSimulator.start();
        var site = simulator.addSite(Site.builder());
        var accounts = IntStream.range(0, people)
                .mapToObj(number -> site.add(Account.builder()
                        .verifiedEmail(email(number))
                        .profile("firstName", "First" + number)
                        .profile("lastName", "Last" + number)
                        .profile("country", "DE")
                        .data("memberNumber", "M-" + number)
                        .data("plan", "basic")))
                .toList();
        return new GigyaSite(simulator, site, accounts);
    }

    /** {@return the address of a person, which is the user name, too} */
    static String email(int person) {
        return "person" + person + "@example.org";
    }

    /** Deletes every so manieth account. */
    void deleteEvery(int nth) {
        IntStream.range(0, accounts.size())
                .filter(number -> number % nth == 0)
                .forEach(number -> site.delete(accounts.get(number)));
    }

    /** Disables all accounts, or lets them sign in again. */
    void setActive(boolean active) {
        accounts.forEach(account -> account.setActive(active));
    }

    /** Lets searches find nothing and take no time: the simulator has no index, and looks at all accounts otherwise. */
    void findNothing() {
        simulator.faults().on("accounts.search", Fault.nothingFound());
    }

    /** Ends {@link #findNothing}. */
    void findAgain() {
        simulator.faults().clear();
    }

    @Override
    public String reader() {
        return "keycloak-gigya";
    }

    @Override
    public int people() {
        return accounts.size();
    }

    @Override
    public ObjectNode component() {
        var component = UserSource.component("gigya");
        Map.of(
                        "enabled",
                        "true",
                        "importEnabled",
                        "true",
                        "cachePolicy",
                        "DEFAULT",
                        "apiDomain",
                        simulator.apiDomain(),
                        "apiKey",
                        site.apiKey(),
                        "secret",
                        site.partnerSecret(),
                        "fieldMappings",
                        MAPPINGS)
                .forEach((key, value) -> UserSource.set(component, key, value));
        return component;
    }

    /** {@return the site as an identity provider of this alias} */
    ObjectNode identityProvider(String alias) {
        var provider = (ObjectNode) Json.parse("{\"providerId\": \"gigya\", \"enabled\": true}");
        provider.put("alias", alias)
                .putObject("config")
                .put("apiDomain", simulator.apiDomain())
                .put("clientId", site.apiKey())
                .put("clientSecret", site.partnerSecret());
        return provider;
    }

    /**
     * Signs somebody in who stands before the page that asks for a proof.
     *
     * @return what Keycloak answers to the proof
     */
    Page signIn(LoginFlow login, Page page, int person) {
        var form = GigyaPage.of(page);
        var token = simulator.accountToken(site, accounts.get(person), form.audience());
        return login.browser().post(form.action(), Form.of("id_token", token));
    }

    /** {@return the UIDs of everybody, in their order} */
    List<String> uids() {
        return accounts.stream().map(Account::uid).toList();
    }

    @Override
    public KeycloakSettings reachedBy(KeycloakSettings settings) {
        return settings.takingForGigya(simulator);
    }

    @Override
    public void delayAnswers(Duration delay) {
        simulator.faults().everywhere(Fault.delay(delay));
    }

    @Override
    public void close() {
        simulator.close();
    }
}
