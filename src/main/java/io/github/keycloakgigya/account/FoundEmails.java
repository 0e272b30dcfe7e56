package io.github.keycloakgigya.account;

import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaException;

/**
 * The verified e-mail addresses that a search found beside an account, so that nobody has to be asked.
 *
 * @param account as the search found it
 */
public record FoundEmails(FoundAccount account) implements EmailVerifier {

    @Override
    public boolean isEmailVerified(String uid, String email) throws GigyaException {
        if (!account.uid().equals(uid)) {
            throw GigyaException.unavailable("the account that was found is another account");
        }
        var address = new EmailAddress(email);
        return account.verifiedEmails().stream().map(EmailAddress::new).anyMatch(address::matches);
    }
}
