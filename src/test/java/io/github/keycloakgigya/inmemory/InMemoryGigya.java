package io.github.keycloakgigya.inmemory;

import io.github.keycloakgigya.account.AccountReader;
import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.AccountSection;
import io.github.keycloakgigya.api.CallGate;
import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaApi.GetJwtRequest;
import io.github.keycloakgigya.api.GigyaApi.GetJwtRequest.JwtAnswer;
import io.github.keycloakgigya.api.GigyaApi.LoginRequest;
import io.github.keycloakgigya.api.GigyaApi.PublicKeys;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import io.github.keycloakgigya.api.Identifier;
import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.api.SearchQuery.SearchPage;
import io.github.keycloakgigya.api.SectionQuery;
import io.github.keycloakgigya.api.SectionQuery.SectionPage;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.Uid.UidSignature;
import io.github.keycloakgigya.api.WebhookApi;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.settings.SiteSettings;
import io.github.keycloakgigya.settings.StoredSecrets;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import io.github.keycloakgigya.token.GigyaKey;
import io.github.keycloakgigya.token.GigyaTokenVerifier;
import io.github.keycloakgigya.token.GigyaTokens;
import io.github.keycloakgigya.token.SigningKeyCache;
import io.github.keycloakgigya.token.UidSignatureVerifier.SignatureExchanges;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A site at Gigya, which really signs its tokens. A test may have the next call of a method fail. */
public final class InMemoryGigya implements GigyaApi {

    public static final String API_KEY = "3_" + "a".repeat(64);

    /** The secret that an administrator enters. */
    public static final String SECRET = "c2VjcmV0IHNlY3JldCBzZWNyZXQ=";

    private static final GigyaKey KEY = GigyaKey.of("key of Gigya");
    private static final Clock CLOCK = Clock.systemUTC();

    private final Map<String, GigyaPerson> people = new LinkedHashMap<>();
    private final Map<String, GigyaException> failures = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final Map<String, Integer> left = new HashMap<>();
    private final InMemoryLeaving leaving = new InMemoryLeaving(this);
    private final List<LoginRequest> logins = new ArrayList<>();
    private GetJwtRequest lastQuestion;

    /** {@return the settings that any door to this site needs, besides others, as they are once they are saved} */
    public static Map<String, String> settings(Map<String, String> others) {
        var settings = new HashMap<>(others);
        settings.putIfAbsent("apiKey", API_KEY);
        settings.putIfAbsent("userKey", "AKuser");
        settings.putIfAbsent("secret", SECRET);
        try {
            settings.put("secret", StoredSecrets.toStore(SettingsReader.ofConfig(settings)));
        } catch (SettingsException unusable) {
            // No secret can be bound to such settings: they were saved past the validator.
        }
        return settings;
    }

    /** {@return an account, which is there from now on} */
    public GigyaPerson account(String uid) {
        return people.computeIfAbsent(uid, GigyaPerson::new);
    }

    public void delete(String uid) {
        people.remove(uid);
    }

    /** Has all calls of a method fail, such as {@code getJwt}. */
    public void fail(String method, GigyaException failure) {
        failures.put(method, failure);
    }

    /** Has all calls work again. */
    public void recover() {
        failures.clear();
    }

    public void fail(String method, FailureKind kind) {
        fail(method, GigyaException.answered(kind, "refused", 400_000 + kind.ordinal(), "call-id"));
    }

    /** {@return the methods that were called, in order, but for the one that fetches signing keys} */
    public List<String> calls() {
        return calls;
    }

    public List<LoginRequest> logins() {
        return logins;
    }

    /** {@return what accounts.getJWT was last asked for} */
    public GetJwtRequest lastQuestion() {
        return lastQuestion;
    }

    /** {@return the token of a sign-in a moment ago} */
    public static GigyaTokens signInToken(String uid) {
        return GigyaTokens.signIn(KEY, API_KEY, uid, CLOCK.instant());
    }

    /** {@return a token of accounts.getJWT} */
    public static GigyaTokens accountToken(String uid) {
        return GigyaTokens.account(KEY, API_KEY, uid, CLOCK.instant());
    }

    /** {@return the token that comes along with a webhook's message of a moment ago} */
    public static GigyaTokens messageToken(byte[] body) {
        return GigyaTokens.webhook(KEY, API_KEY, body, CLOCK.instant());
    }

    /** {@return a connector to this site, whatever the settings name} */
    InMemoryConnector connector() {
        return new InMemoryConnector(this);
    }

    GigyaConnection connect(SiteSettings settings) {
        var tokens = new GigyaTokenVerifier(
                new SigningKeyCache(CLOCK, CallObserver.NONE).keysOf(this, CallGate.OPEN), CLOCK);
        return new GigyaConnection(
                settings,
                this,
                tokens,
                new SignatureExchanges(CLOCK, CallObserver.NONE).of(this),
                new AccountReader(this, tokens, settings.tokenLifetime()),
                leaving);
    }

    @Override
    public GigyaSite site() {
        return new GigyaSite(ApiDomain.of(DataCenter.US1), API_KEY);
    }

    @Override
    public JwtAnswer getJwt(GetJwtRequest request) throws GigyaException {
        lastQuestion = request;
        var person = called("getJwt", request.targetUid().value());
        var token = accountToken(person.uid());
        for (var field : request.fields()) {
            if (person.fields().containsKey(field)) {
                token = token.with(field, person.fields().get(field));
            }
        }
        return new JwtAnswer(token.signed(), Set.of());
    }

    @Override
    public PublicKeys getJwtPublicKeys() {
        return new PublicKeys(List.of(KEY.jwk()));
    }

    @Override
    public AccountInfo getAccountInfo(Uid uid, Set<AccountSection> sections) throws GigyaException {
        return called("getAccountInfo", uid.value()).info(sections);
    }

    @Override
    public SearchPage find(Identifier identifier, Set<AccountSection> sections) throws GigyaException {
        throw new UnsupportedOperationException();
    }

    @Override
    public SectionPage searchSection(SectionQuery query) throws GigyaException {
        calls.add("searchSection");
        failed("searchSection");
        var found = new HashMap<Uid, Map<String, Object>>();
        query.uids().stream()
                .filter(uid -> people.containsKey(uid.value()))
                .forEach(uid ->
                        people.get(uid.value()).section(query.section()).ifPresent(members -> found.put(uid, members)));
        return new SectionPage(found, true);
    }

    @Override
    public Uid login(LoginRequest request) throws GigyaException {
        calls.add("login");
        logins.add(request);
        failed("login");
        return people.values().stream()
                .filter(person -> person.hasLogin(request.loginId(), request.password()))
                .findFirst()
                .map(person -> new Uid(person.uid()))
                .orElseThrow(() ->
                        GigyaException.answered(FailureKind.WRONG_CREDENTIALS, "Invalid LoginID", 403042, "call-id"));
    }

    @Override
    public UidSignature exchangeUidSignature(UidSignature signature) {
        throw new UnsupportedOperationException();
    }

    /** Finds everybody, whatever the query asks for. */
    @Override
    public SearchPage search(SearchQuery query) throws GigyaException {
        calls.add("search");
        failed("search");
        var found = people.values().stream().map(GigyaPerson::found).toArray(FoundAccount[]::new);
        return new SearchPage(List.of(found), 0, found.length, Optional.empty(), Instant.now());
    }

    @Override
    public SearchPage openCursor(SearchQuery query) throws GigyaException {
        return search(query);
    }

    @Override
    public SearchPage nextPage(String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void logout(Uid uid) throws GigyaException {
        called("logout", uid.value());
    }

    @Override
    public WebhookApi webhooks() {
        throw new UnsupportedOperationException();
    }

    /** Has all calls of a method fail after some more that work. */
    public void failAfter(String method, int calls, FailureKind kind) {
        left.put(method, calls);
        fail(method, kind);
    }

    public InMemoryLeaving leaving() {
        return leaving;
    }

    List<GigyaPerson> people() {
        return List.copyOf(people.values());
    }

    synchronized void asked(String method) throws GigyaException {
        calls.add(method);
        failed(method);
    }

    synchronized GigyaPerson called(String method, String uid) throws GigyaException {
        asked(method);
        var person = people.get(uid);
        if (person == null) {
            throw GigyaException.answered(FailureKind.ACCOUNT_NOT_FOUND, "Unknown user", 403047, "call-id");
        }
        return person;
    }

    private void failed(String method) throws GigyaException {
        if (left.merge(method, -1, Integer::sum) < 0 && failures.containsKey(method)) {
            throw failures.get(method);
        }
    }
}
