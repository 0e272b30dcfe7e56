package io.github.keycloakgigya.api;

import io.github.keycloakgigya.api.GetJwtRequest.JwtAnswer;
import io.github.keycloakgigya.api.SearchQuery.SearchPage;
import io.github.keycloakgigya.api.SectionQuery.SectionPage;
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
}
