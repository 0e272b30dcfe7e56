package io.github.keycloakgigya.api;

import io.github.keycloakgigya.api.GigyaApi.GetJwtRequest.JwtAnswer;
import io.github.keycloakgigya.api.SearchQuery.SearchPage;
import io.github.keycloakgigya.api.SectionQuery.SectionPage;
import io.github.keycloakgigya.api.Uid.UidSignature;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The methods of Gigya's REST API that this extension calls, for one site.
 *
 * <p>Every method throws {@link GigyaException} where it does not succeed, never returns null, and honours the
 * deadline and the thread's interrupt.
 */
public interface GigyaApi {

    /** {@return the site that is called} */
    GigyaSite site();

    /** {@return a token that holds fields of an account} Calls {@code accounts.getJWT}. */
    JwtAnswer getJwt(GetJwtRequest request) throws GigyaException;

    /** {@return the keys that the site's tokens are signed with} Calls {@code accounts.getJWTPublicKey}. */
    PublicKeys getJwtPublicKeys() throws GigyaException;

    /** {@return the state of an account} Calls {@code accounts.getAccountInfo}. */
    default AccountInfo getAccountInfo(Uid uid) throws GigyaException {
        return getAccountInfo(uid, Set.of());
    }

    /** {@return the state of an account, with sections of it} Calls {@code accounts.getAccountInfo}. */
    AccountInfo getAccountInfo(Uid uid, Set<AccountSection> sections) throws GigyaException;

    /**
     * {@return a page with the one account of an identifier} Calls {@code accounts.getAccountInfo}, which knows an account
     * before a search does.
     *
     * @throws GigyaException of kind {@code ACCOUNT_NOT_FOUND} where nobody has it, or nobody can
     */
    SearchPage find(Identifier identifier, Set<AccountSection> sections) throws GigyaException;

    /** {@return the UID whose login identifier and password these are} Calls {@code accounts.login}. */
    Uid login(LoginRequest request) throws GigyaException;

    /**
     * {@return the same UID, signed anew with the secret of this site's application key} Calls
     * {@code accounts.exchangeUIDSignature}, which takes signatures of the partner secret that are at most 60 seconds
     * old.
     */
    UidSignature exchangeUidSignature(UidSignature signature) throws GigyaException;

    /** {@return the accounts that a query finds} Calls {@code accounts.search}, without a cursor. */
    SearchPage search(SearchQuery query) throws GigyaException;

    /** {@return the first page of what a query finds, and a cursor for the next} Calls {@code accounts.search}. */
    SearchPage openCursor(SearchQuery query) throws GigyaException;

    /**
     * {@return a further page} Calls {@code accounts.search}. After a failure the same cursor may be sent again. Gigya
     * drops a cursor that was not used for five minutes.
     *
     * @param cursor what the page before ended with
     */
    SearchPage nextPage(String cursor) throws GigyaException;

    /** {@return what a search of accounts leaves out} Calls {@code accounts.search}, without a cursor. */
    SectionPage searchSection(SectionQuery query) throws GigyaException;

    /** Ends every Gigya session of an account. Calls {@code accounts.logout}. */
    void logout(Uid uid) throws GigyaException;

    /** {@return the methods about the site's webhooks} Nothing is called yet. */
    WebhookApi webhooks();

    /**
     * What {@code accounts.getJWTPublicKey} answered, in either of its shapes.
     *
     * @param keys JSON Web Keys as received (RFC 7517): members {@code kty}, {@code kid}, {@code n}, {@code e} and more
     */
    record PublicKeys(List<Map<String, Object>> keys) {

        public PublicKeys {
            keys = keys.stream().map(Map::copyOf).toList();
        }
    }

    /**
     * What {@code accounts.login} is asked to check.
     *
     * @param loginId the login identifier
     * @param password the password as typed
     * @param clientAddress the address of the person's browser, for Gigya's risk rules
     */
    record LoginRequest(String loginId, String password, Optional<String> clientAddress) {

        public LoginRequest {
            Objects.requireNonNull(loginId, "loginId");
            Objects.requireNonNull(password, "password");
            Objects.requireNonNull(clientAddress, "clientAddress");
        }

        /** Leaves everything out, so that no log shows it. */
        @Override
        public String toString() {
            return "LoginRequest[]";
        }
    }

    /**
     * What {@code accounts.getJWT} is asked for.
     *
     * @param targetUid the UID of the account
     * @param fields paths of {@code profile} and {@code data} fields to put into the token, as in {@code profile.firstName}
     * @param expiration how long the token is to be valid; whole seconds, at least one
     * @param audience the token's {@code aud}
     */
    public record GetJwtRequest(Uid targetUid, List<String> fields, Duration expiration, Optional<String> audience) {

        public GetJwtRequest {
            Objects.requireNonNull(targetUid, "targetUid");
            fields = List.copyOf(fields);
            Objects.requireNonNull(audience, "audience");
            if (expiration.toSeconds() < 1) {
                throw new IllegalArgumentException("expiration is at least one second");
            }
            if (fields.stream().anyMatch(field -> field.isBlank() || field.contains(","))) {
                throw new IllegalArgumentException("a field is neither blank nor a list");
            }
        }

        /** Leaves the UID out, which is an e-mail address at some sites, so that no log shows it. */
        @Override
        public String toString() {
            return "GetJwtRequest[fields=" + fields + "]";
        }

        /**
         * What {@code accounts.getJWT} answered.
         *
         * @param idToken the token, not verified yet
         * @param ignoredFields requested fields that the site does not know
         */
        public record JwtAnswer(String idToken, Set<String> ignoredFields) {

            public JwtAnswer {
                Objects.requireNonNull(idToken, "idToken");
                ignoredFields = Set.copyOf(ignoredFields);
            }

            /** Leaves the token out, so that no log shows it. */
            @Override
            public String toString() {
                return "JwtAnswer[ignoredFields=" + ignoredFields + "]";
            }
        }
    }

    /** A method of the REST API, and what its failures may be taken to say. */
    public enum ApiMethod {
        /** The token of an account. */
        GET_JWT("accounts.getJWT", Subject.KNOWN_UID),
        /** The keys of a site. */
        GET_JWT_PUBLIC_KEY("accounts.getJWTPublicKey", Subject.SITE),
        /** The state of an account. */
        GET_ACCOUNT_INFO("accounts.getAccountInfo", Subject.KNOWN_UID),
        /** The account of an identifier. */
        FIND_ACCOUNT("accounts.getAccountInfo", Subject.IDENTIFIER),
        /** The check of a password. */
        LOGIN("accounts.login", Subject.CREDENTIALS),
        /** The check of a UID signature. */
        EXCHANGE_UID_SIGNATURE("accounts.exchangeUIDSignature", Subject.PROOF),
        /** The end of all sessions of an account. */
        LOGOUT("accounts.logout", Subject.KNOWN_UID),
        /** A search for accounts. */
        SEARCH("accounts.search", Subject.ACCOUNTS),
        /** The webhooks of a site. */
        GET_WEBHOOKS("accounts.webhooks.getAll", Subject.WEBHOOKS),
        /** What became of a webhook's last message. */
        GET_WEBHOOK_STATUS("accounts.webhooks.getStatus", Subject.WEBHOOKS),
        /** A new webhook, or a change of one. */
        SET_WEBHOOK("accounts.webhooks.set", Subject.WEBHOOKS),
        /** The end of a webhook. */
        DELETE_WEBHOOK("accounts.webhooks.delete", Subject.WEBHOOKS);

        private enum Subject {
            SITE,
            KNOWN_UID,
            ACCOUNTS,
            IDENTIFIER,
            CREDENTIALS,
            PROOF,
            WEBHOOKS
        }

        private final String fullName;
        private final Subject subject;

        ApiMethod(String fullName, Subject subject) {
            this.fullName = fullName;
            this.subject = subject;
        }

        /** {@return the name as in {@code accounts.getJWT}} */
        public String fullName() {
            return fullName;
        }

        /** {@return whether the call must show that it may act for the site} */
        public boolean isAuthorized() {
            return subject != Subject.SITE;
        }

        /** {@return whether a second call does no harm: a second login may lock the account} */
        public boolean isRepeatable() {
            return subject != Subject.CREDENTIALS;
        }

        /**
         * {@return whether an account that is not found is proven not to exist} A browser's unchecked proof proves nothing:
         * whoever could make Gigya say "unauthorized user" for another person's UID would get that person removed.
         */
        boolean mayProveAbsence() {
            return subject == Subject.KNOWN_UID || namesByIdentifier();
        }

        /** {@return whether the value that Gigya may refuse is a text that somebody typed, so that nobody has it then} */
        boolean namesByIdentifier() {
            return subject == Subject.IDENTIFIER;
        }

        /** {@return whether the values that Gigya may refuse were posted by a browser as proof of a sign-in} */
        public boolean carriesProof() {
            return subject == Subject.PROOF;
        }
    }
}
