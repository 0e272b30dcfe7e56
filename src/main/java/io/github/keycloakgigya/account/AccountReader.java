package io.github.keycloakgigya.account;

import io.github.keycloakgigya.account.AddressRule.AddressSource;
import io.github.keycloakgigya.account.AddressRule.KnownAddresses;
import io.github.keycloakgigya.account.AddressRule.ToldAddresses;
import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.AccountSection;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaApi.GetJwtRequest;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.token.GigyaTokenVerifier;
import io.github.keycloakgigya.token.TokenExpectation;
import io.github.keycloakgigya.token.TokenRefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Asks Gigya about an account and verifies the answer. */
public final class AccountReader implements AddressSource {

    // The answer to a call that has just been made. More than the clocks' difference, which comes on top, is odd.
    private static final Duration OLDEST_ANSWER = Duration.ofSeconds(60);

    private final GigyaApi api;
    private final GigyaTokenVerifier verifier;
    private final Duration tokenLifetime;
    private final Map<Uid, Told> told = new ConcurrentHashMap<>();

    private record Told(AccountInfo info, Set<AccountSection> sections) {}

    /**
     * Makes a reader for one site.
     *
     * @param api calls that site
     * @param verifier verifies with the keys of that site's domain
     * @param tokenLifetime how long the tokens that are asked for are to be valid; whole seconds, at least one
     */
    public AccountReader(GigyaApi api, GigyaTokenVerifier verifier, Duration tokenLifetime) {
        this.api = Objects.requireNonNull(api, "api");
        this.verifier = Objects.requireNonNull(verifier, "verifier");
        this.tokenLifetime = Objects.requireNonNull(tokenLifetime, "tokenLifetime");
    }

    /**
     * Reads fields of an account. Makes one call, {@code accounts.getJWT}, and one for signing keys where they are not
     * known. Where fields are wanted that no token holds, it makes a further one, {@code accounts.getAccountInfo}, whose
     * answer is not signed: it is as true as the TLS connection that it came through, and about the UID of the token.
     *
     * @param uid the account's UID
     * @param fields exactly what is asked for, except {@link GigyaField#UID}, which is known without asking
     * @return the account, with an empty value for a field that it does not have
     * @throws GigyaException where Gigya refuses; of kind {@code UNAVAILABLE} also where its answer breaks a rule of the
     *     verifier, in which case the message names the rule
     */
    public GigyaAccount read(Uid uid, Set<GigyaField> fields) throws GigyaException {
        var paths = fields.stream()
                .filter(GigyaField::isInToken)
                .sorted()
                .map(GigyaField::path)
                .toList();
        var answer = api.getJwt(new GetJwtRequest(uid, paths, tokenLifetime, Optional.empty()));
        var expected = TokenExpectation.answerAbout(uid, api.site().apiKey(), OLDEST_ANSWER);
        try {
            var token = verifier.verify(answer.idToken(), expected);
            return GigyaAccount.of(token, besides(uid, fields), fields);
        } catch (TokenRefusedException e) {
            throw GigyaException.unavailable("the answer of accounts.getJWT was " + e.getMessage());
        }
    }

    // After the token, so that it is of no earlier moment, unless somebody wanted to know before.
    private Optional<AccountInfo> besides(Uid uid, Set<GigyaField> fields) throws GigyaException {
        var sections = GigyaField.sectionsOf(fields);
        return sections.isEmpty() ? Optional.empty() : Optional.of(told(uid, sections));
    }

    /**
     * {@return what Gigya says of an account's state} Calls {@code accounts.getAccountInfo}, where this reader has not done
     * so already. The answer is not signed: it is as true as the TLS connection that it came through.
     */
    public AccountInfo state(Uid uid) throws GigyaException {
        return state(uid, Set.of());
    }

    /** {@return the same, with those of the fields that no token holds} */
    public AccountInfo state(Uid uid, Set<GigyaField> fields) throws GigyaException {
        return told(uid, GigyaField.sectionsOf(fields));
    }

    /** {@inheritDoc} Asks for the account's {@link #state}. */
    @Override
    public KnownAddresses addressesOf(Uid uid) {
        var known = told.get(uid);
        return known == null ? new AskedAddresses(uid) : ToldAddresses.of(known.info());
    }

    private AccountInfo told(Uid uid, Set<AccountSection> sections) throws GigyaException {
        var known = told.get(uid);
        if (known != null && known.sections().containsAll(sections)) {
            return known.info();
        }
        var info = (sections.isEmpty() ? api.getAccountInfo(uid) : api.getAccountInfo(uid, sections)).about(uid);
        told.put(uid, new Told(info, sections));
        return info;
    }

    /** The addresses of an account as Gigya tells them when it is asked: once, and only where somebody wants to know. */
    private final class AskedAddresses implements KnownAddresses {

        private final Uid uid;
        private ToldAddresses answer;

        AskedAddresses(Uid uid) {
            this.uid = uid;
        }

        @Override
        public boolean isVerified(String address) throws GigyaException {
            return answer().isVerified(address);
        }

        @Override
        public boolean isLoginId(String name) throws GigyaException {
            return answer().isLoginId(name);
        }

        @Override
        public Optional<Instant> passwordCreated() {
            return Optional.ofNullable(answer).flatMap(ToldAddresses::passwordCreated);
        }

        private ToldAddresses answer() throws GigyaException {
            if (answer == null) {
                answer = ToldAddresses.of(state(uid));
            }
            return answer;
        }
    }
}
