package io.github.keycloakgigya.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.AccountBuilder;
import io.github.keycloakgigya.simulator.ApplicationKey;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import io.github.keycloakgigya.simulator.SiteBuilder;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A site of the simulator, with the demo's accounts. */
record SimulatedSite(GigyaSimulator simulator, Site site, ApplicationKey key, List<DemoAccount> accounts)
        implements DemoSite {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

    static SimulatedSite open(List<DemoAccount> accounts) {
        return open(GigyaSimulator.start(), Site.builder(), ApplicationKey.random(), accounts);
    }

    /**
     * Adds a site with the demo's accounts.
     *
     * @param simulator is closed with the site
     * @param builder of the site, without the key
     */
    static SimulatedSite open(
            GigyaSimulator simulator, SiteBuilder builder, ApplicationKey key, List<DemoAccount> accounts) {
        Site site = simulator.addSite(builder.applicationKey(key));
        accounts.forEach(account -> site.add(builder(account)));
        return new SimulatedSite(simulator, site, key, accounts);
    }

    private static AccountBuilder builder(DemoAccount account) {
        AccountBuilder builder = Account.builder().uid(account.uid()).password(account.password());
        account.verifiedEmails().forEach(builder::verifiedEmail);
        account.unverifiedEmails().forEach(builder::unverifiedEmail);
        members(account.json().path("profile")).forEach(builder::profile);
        return builder.data(members(account.json().path("data")));
    }

    private static Map<String, Object> members(JsonNode object) {
        return MAPPER.convertValue(object, MEMBERS);
    }

    @Override
    public String description() {
        return "The Gigya simulator is at https://" + simulator.apiDomain();
    }

    @Override
    public Map<String, String> variables() {
        return Map.of(
                "GIGYA_API_DOMAIN", simulator.apiDomain(),
                "GIGYA_API_KEY", site.apiKey(),
                "GIGYA_USER_KEY", key.userKey(),
                "GIGYA_SECRET", key.secret());
    }

    @Override
    public Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("Custom API domain", simulator.apiDomain());
        settings.put("API key", site.apiKey());
        settings.put("Application or user key", key.userKey());
        settings.put("Secret", key.secret());
        return settings;
    }

    @Override
    public List<X509Certificate> certificates() {
        return List.of(simulator.certificate());
    }

    @Override
    public List<String> keyDomains() {
        return List.of(simulator.apiDomain());
    }

    @Override
    public GigyaSession signIn(DemoAccount account) {
        return GigyaSession.open(simulator.apiDomain(), simulator.certificate(), site.apiKey(), account);
    }

    @Override
    public boolean sendsToThisMachine() {
        return true;
    }

    @Override
    public Optional<String> commandToChangeAName() {
        return firstAccount()
                .map(account -> "curl -k " + simulator.uri("/accounts.setAccountInfo") + " -d apiKey=" + site.apiKey()
                        + " -d userKey=" + key.userKey() + " --data-urlencode secret=" + key.secret() + " -d UID="
                        + account.uid() + " -d 'profile={\"firstName\":\"Augusta\"}'");
    }

    @Override
    public Optional<String> hint() {
        return Optional.of("First open " + simulator.uri("/") + " and accept its certificate: the login page loads the"
                + " simulator's script from there.");
    }

    @Override
    public void close() {
        simulator.close();
    }
}
