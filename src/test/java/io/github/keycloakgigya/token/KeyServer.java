package io.github.keycloakgigya.token;

import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.AccountSection;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A site of which only accounts.getJWTPublicKey works: it publishes keys, counts calls, and fails on order. */
public final class KeyServer implements GigyaApi {

    interface Answer {
        List<Map<String, Object>> keys() throws GigyaException;
    }

    private final GigyaSite site;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Answer answer;

    KeyServer(ApiDomain domain, GigyaKey... keys) {
        site = new GigyaSite(domain, "3_site");
        publish(keys);
    }

    /** {@return a server of the data center us1 with these keys} */
    public static KeyServer publishing(GigyaKey... keys) {
        return new KeyServer(ApiDomain.of(DataCenter.US1), keys);
    }

    void publish(GigyaKey... keys) {
        var published = Arrays.stream(keys).map(GigyaKey::jwk).toList();
        answer(() -> published);
    }

    void answer(Answer other) {
        answer = other;
    }

    void fail() {
        answer(() -> {
            throw GigyaException.unavailable("the key server is down");
        });
    }

    int calls() {
        return calls.get();
    }

    @Override
    public GigyaSite site() {
        return site;
    }

    @Override
    public PublicKeys getJwtPublicKeys() throws GigyaException {
        calls.incrementAndGet();
        return new PublicKeys(answer.keys());
    }

    @Override
    public JwtAnswer getJwt(GetJwtRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SearchPage search(SearchQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SearchPage openCursor(SearchQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SearchPage nextPage(String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SearchPage find(Identifier identifier, Set<AccountSection> sections) {
        throw new UnsupportedOperationException();
    }

    @Override
    public AccountInfo getAccountInfo(Uid uid, Set<AccountSection> sections) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uid login(LoginRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public UidSignature exchangeUidSignature(UidSignature signature) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SectionPage searchSection(SectionQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void logout(Uid uid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public WebhookApi webhooks() {
        throw new UnsupportedOperationException();
    }
}
