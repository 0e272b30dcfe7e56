package io.github.keycloakgigya.sync;

import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.AccountSection;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaApi.GetJwtRequest;
import io.github.keycloakgigya.api.GigyaApi.GetJwtRequest.JwtAnswer;
import io.github.keycloakgigya.api.GigyaApi.LoginRequest;
import io.github.keycloakgigya.api.GigyaApi.PublicKeys;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.Identifier;
import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.api.SearchQuery.SearchPage;
import io.github.keycloakgigya.api.SectionQuery;
import io.github.keycloakgigya.api.SectionQuery.SectionPage;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.Uid.UidSignature;
import io.github.keycloakgigya.api.WebhookApi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gigya as far as a sync sees it: answers what a test planned, in order, and the last answer for ever. */
final class PagesOfGigya implements GigyaApi {

    private final VirtualTime time;
    private final Deque<Object> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private int lastLimit;
    private Duration latency = Duration.ZERO;

    /** @param time in which it takes its time */
    PagesOfGigya(VirtualTime time) {
        this.time = time;
    }

    /** {@return an account that changed at a second of 1970} */
    static FoundAccount account(String uid, long second) {
        return new FoundAccount(
                new Uid(uid),
                true,
                true,
                Set.of(),
                Set.of(),
                Optional.of(Instant.ofEpochSecond(second)),
                Map.of("profile", Map.of()));
    }

    /** {@return a page of accounts, answered at 10,000 seconds after 1970} */
    static SearchPage page(String nextCursor, long total, FoundAccount... accounts) {
        return new SearchPage(
                List.of(accounts),
                0,
                total,
                Optional.of(nextCursor).filter(cursor -> !cursor.isEmpty()),
                Instant.ofEpochSecond(10_000));
    }

    PagesOfGigya then(Object answer) {
        answers.add(answer);
        return this;
    }

    /** Lets every answer take this long. */
    PagesOfGigya takes(Duration duration) {
        latency = duration;
        return this;
    }

    /** {@return what was asked for: a cursor, "open", or "open since" with a condition} */
    List<String> asked() {
        return asked;
    }

    /** {@return how many accounts the last cursor was opened for} */
    int lastLimit() {
        return lastLimit;
    }

    private SearchPage answer() throws GigyaException {
        time.pass(latency);
        var answer = answers.size() > 1 ? answers.remove() : answers.element();
        if (answer instanceof GigyaException failure) {
            throw failure;
        }
        return (SearchPage) answer;
    }

    @Override
    public SearchPage openCursor(SearchQuery query) throws GigyaException {
        asked.add(query.condition().isPresent() ? "open since" : "open");
        lastLimit = query.limit();
        return answer();
    }

    @Override
    public SearchPage nextPage(String cursor) throws GigyaException {
        asked.add(cursor);
        return answer();
    }

    @Override
    public GigyaSite site() {
        throw new UnsupportedOperationException();
    }

    @Override
    public JwtAnswer getJwt(GetJwtRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PublicKeys getJwtPublicKeys() {
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
    public SearchPage search(SearchQuery query) {
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
