package io.github.keycloakgigya.simulator;

import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Builds a {@link Site}; hand it to {@link GigyaSimulator#addSite}. Not thread-safe. */
public final class SiteBuilder {

    String apiKey = RandomText.API_KEY.next();
    String partnerSecret = RandomText.SECRET.next();
    String dataCenter = "eu1";
    String passkeyDomain = "localhost";
    boolean verifiedEmailRequired;
    final Set<String> allowedDomains = new LinkedHashSet<>(Set.of("localhost"));
    final Set<String> requiredFields = new LinkedHashSet<>();
    final Map<String, ApplicationKey> applicationKeys = new ConcurrentHashMap<>();
    final Map<String, RsaApplicationKey> rsaApplicationKeys = new ConcurrentHashMap<>();
    private final Set<String> schemaFields = new LinkedHashSet<>();
    private Accounts accounts = new Accounts();

    SiteBuilder() {}

    /** Sets the API key: {@code 3_} and 64 letters, digits, {@code _} or {@code -}. */
    public SiteBuilder apiKey(String value) {
        if (!value.matches("3_[A-Za-z0-9_-]{64}")) {
            throw new IllegalArgumentException("an API key is 3_ and 64 characters");
        }
        apiKey = value;
        return this;
    }

    /** {@return the API key, a random one unless it was set} */
    public String apiKey() {
        return apiKey;
    }

    /** Sets the partner secret, Base64 text. */
    public SiteBuilder partnerSecret(String base64) {
        Base64.getDecoder().decode(base64);
        partnerSecret = base64;
        return this;
    }

    /** Adds an application with a secret. */
    public SiteBuilder applicationKey(ApplicationKey key) {
        applicationKeys.put(key.userKey(), key);
        return this;
    }

    /** Adds an application with an RSA key. */
    public SiteBuilder rsaApplicationKey(RsaApplicationKey key) {
        rsaApplicationKeys.put(key.userKey(), key);
        return this;
    }

    /** Sets the domain that passkeys are for (the relying party's id); {@code localhost} otherwise. */
    public SiteBuilder passkeyDomain(String host) {
        passkeyDomain = host;
        return this;
    }

    /** Replaces the hosts whose pages may call the site from a browser; {@code *.example.com} covers subdomains. */
    public SiteBuilder allowedDomains(String... hosts) {
        allowedDomains.clear();
        for (var host : hosts) {
            allowedDomains.add(host.toLowerCase(Locale.ROOT));
        }
        return this;
    }

    /** Sets the data center that the header {@code dc} of sign-in tokens names; {@code eu1} otherwise. */
    public SiteBuilder dataCenter(String name) {
        dataCenter = name;
        return this;
    }

    /** Makes a registration pending (206001) until this field is there: {@code profile.lastName}, {@code data.terms}. */
    public SiteBuilder requiredField(String path) {
        requiredFields.add(path);
        schemaFields.add(path);
        return this;
    }

    /** Makes a registration pending (206002) until its e-mail address is verified. */
    public SiteBuilder verifiedEmailRequired() {
        verifiedEmailRequired = true;
        return this;
    }

    /** Adds a field to the schema; fields that accounts have are in it anyway. */
    public SiteBuilder schemaField(String path) {
        schemaFields.add(path);
        return this;
    }

    /** Puts the site into the group of another one: they share accounts and UIDs. */
    public SiteBuilder inGroupOf(Site other) {
        accounts = other.accounts();
        return this;
    }

    Site build() {
        schemaFields.forEach(accounts.schema()::learn);
        return new Site(this, accounts);
    }
}
