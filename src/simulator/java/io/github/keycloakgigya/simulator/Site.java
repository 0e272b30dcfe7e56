package io.github.keycloakgigya.simulator;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A Gigya site: an API key, its credentials and its accounts. Sites of one group share accounts.
 *
 * <p>Thread-safe. Accounts may be added and changed while the simulator runs.
 */
public final class Site {

    private final SiteBuilder settings;
    private final Accounts accounts;
    private volatile boolean hashesReadable = true;
    private volatile boolean searchTellsHashes;
    private final Map<String, OpenIdClient> openIdClients = new ConcurrentHashMap<>();

    Site(SiteBuilder settings, Accounts accounts) {
        this.settings = settings;
        this.accounts = accounts;
    }

    /** {@return a builder of a site with a random API key and partner secret that allows pages of {@code localhost}} */
    public static SiteBuilder builder() {
        return new SiteBuilder();
    }

    /** {@return the API key, 66 characters} */
    public String apiKey() {
        return settings.apiKey;
    }

    /** {@return the partner secret, Base64 text} */
    public String partnerSecret() {
        return settings.partnerSecret;
    }

    /** {@return the issuer that this site's tokens name} */
    public String issuer() {
        return "https://fidm.gigya.com/jwt/" + apiKey() + "/";
    }

    /** {@return a UID signature as a browser gets it: made with the partner secret} */
    public String signUid(String uid, long timestampSeconds) {
        return HmacSha1.withSecret(partnerSecret()).signUid(uid, timestampSeconds);
    }

    /**
     * Adds an account to the site and its group.
     *
     * @return the account
     * @throws IllegalArgumentException where the UID or a login identifier is taken
     */
    public Account add(AccountBuilder account) {
        return accounts.add(account.build());
    }

    /**
     * Adds many accounts, one after the other.
     *
     * @throws IllegalArgumentException where a UID or a login identifier is taken; those before it are added
     */
    public void addAll(Stream<AccountBuilder> builders) {
        builders.forEach(this::add);
    }

    /**
     * Lets searches lag behind: an account or a change shows in {@code accounts.search} only after this time. What was
     * deleted is gone at once. Holds for changes from now on, for all sites of the group.
     *
     * @param lag zero at first
     */
    public void searchLag(Duration lag) {
        accounts.setSearchLag(lag);
    }

    /** Makes changes that no webhook tells of, as with {@code muteWebhooks} and as a bulk import does. */
    public void muted(Runnable changes) {
        accounts.muted(changes);
    }

    /** {@return the account with this UID} */
    public Optional<Account> account(String uid) {
        return accounts.byUid(uid);
    }

    /** {@return the account with this login identifier} */
    public Optional<Account> accountByLoginId(String loginId) {
        return accounts.byLoginId(loginId);
    }

    /** Deletes an account; its sessions end with it. */
    public void delete(Account account) {
        accounts.remove(account);
    }

    /** Merges an account into another one, as {@code setUID} and the linking of accounts do: the other one remains. */
    public void merge(Account account, Account into) {
        accounts.merge(account, into);
    }

    /**
     * Gives an account another UID.
     *
     * @throws IllegalArgumentException where the UID is taken
     */
    public void changeUid(Account account, String newUid) {
        accounts.changeUid(account, newUid);
    }

    /** Gives the application of this key another secret, or adds it. The old secret is refused from now on. */
    public void setApplicationKey(ApplicationKey key) {
        settings.applicationKeys.put(key.userKey(), key);
    }

    /** Gives the site's keys the right to read hashes of passwords, which they have at first, or takes it away. */
    public void setHashesReadable(boolean readable) {
        hashesReadable = readable;
    }

    /**
     * Has searches tell hashes, identities and the time of the last sign-in, as those of some sites do, or refuse such columns,
     * which they do at first.
     */
    public void setSearchTellsHashes(boolean tells) {
        searchTellsHashes = tells;
    }

    boolean searchTellsHashes() {
        return searchTellsHashes;
    }

    boolean areHashesReadable() {
        return hashesReadable;
    }

    /** Adds a field to the site's schema that no account has to have, {@code data.plan} say. */
    public void addSchemaField(String path) {
        accounts.schema().learn(path);
    }

    /**
     * Registers a client at the site's OpenID provider.
     *
     * @param redirectUri where codes may be sent, compared exactly
     * @return the client, with a random id and secret
     */
    public OpenIdClient addOpenIdClient(String redirectUri, OpenIdClient.Subjects subjects) {
        var client = new OpenIdClient(RandomText.HEX_32.next(), RandomText.SECRET.next(), redirectUri, subjects);
        openIdClients.put(client.id(), client);
        return client;
    }

    Optional<OpenIdClient> openIdClient(String id) {
        return Optional.ofNullable(openIdClients.get(id));
    }

    Accounts accounts() {
        return accounts;
    }

    String dataCenter() {
        return settings.dataCenter;
    }

    Set<String> requiredFields() {
        return settings.requiredFields;
    }

    boolean requiresVerifiedEmail() {
        return settings.verifiedEmailRequired;
    }

    String passkeyDomain() {
        return settings.passkeyDomain;
    }

    boolean allowsPagesOf(String host) {
        var lowerCase = host.toLowerCase(Locale.ROOT);
        return settings.allowedDomains.stream()
                .anyMatch(domain ->
                        domain.startsWith("*.") ? lowerCase.endsWith(domain.substring(1)) : lowerCase.equals(domain));
    }

    Optional<ApplicationKey> applicationKey(String userKey) {
        return Optional.ofNullable(settings.applicationKeys.get(userKey));
    }

    Optional<RsaApplicationKey> rsaApplicationKey(String userKey) {
        return Optional.ofNullable(settings.rsaApplicationKeys.get(userKey));
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "Site[" + apiKey() + "]";
    }
}
