package io.github.keycloakgigya.account;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import java.util.Optional;

/**
 * By which e-mail address and which user name Keycloak knows an account: the rule of every door.
 *
 * <p>Anybody may type anybody's address into a profile. Keycloak finds users by their address, and takes who comes with
 * the same one for the same person. So an address that nobody verified names no user.
 *
 * @param trustEmail whether every address counts as verified
 * @param unverified what becomes of an address that does not
 */
public record AddressRule(boolean trustEmail, UnverifiedEmail unverified) {

    /**
     * An address that a user gets.
     *
     * @param address as Keycloak stores it
     * @param verified whether it counts as verified
     */
    public record Email(String address, boolean verified) {

        /** Leaves the address out, so that no log shows it. */
        @Override
        public String toString() {
            return "Email[verified=" + verified + "]";
        }
    }

    /**
     * {@return the address that the account's user gets; empty where there is none that it may have}
     *
     * @param wanted what the account's field holds
     * @throws GigyaException where Gigya has to be asked and does not say
     */
    public Optional<Email> email(Optional<String> wanted, KnownAddresses known) throws GigyaException {
        var stored = wanted.flatMap(address -> new EmailAddress(address).stored());
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        var verified = isVerified(wanted.get(), known);
        return stored.filter(address -> verified || unverified == UnverifiedEmail.STORE)
                .map(address -> new Email(address, verified));
    }

    /**
     * {@return the name that the account's user gets; made of its UID where the account asks for none that it may have}
     * An address is a name where the user may have it as an address, or where the account's owner signs in by it at Gigya.
     *
     * @param wanted what the account's field holds
     * @param uid the account's UID
     * @throws GigyaException where Gigya has to be asked and does not say
     */
    public Username username(Optional<String> wanted, Uid uid, KnownAddresses known) throws GigyaException {
        var name = Username.of(wanted, uid);
        return name.equals(Username.ofUid(uid)) || isNameOf(name, wanted.get(), known) ? name : Username.ofUid(uid);
    }

    private boolean isNameOf(Username name, String wanted, KnownAddresses known) throws GigyaException {
        return !name.isAddress()
                || unverified == UnverifiedEmail.STORE
                || isVerified(wanted.strip(), known)
                || known.isLoginId(wanted.strip());
    }

    /**
     * {@return whether an address counts as verified}
     *
     * @throws GigyaException where Gigya has to be asked and does not say
     */
    public boolean isVerified(String address, KnownAddresses known) throws GigyaException {
        return trustEmail || known.isVerified(address);
    }

    /** What becomes of an e-mail address that Gigya has not verified. */
    public enum UnverifiedEmail {
        /** The user gets none. */
        OMIT("omit"),
        /** The user gets it, not verified. */
        STORE("store");

        private final String id;

        UnverifiedEmail(String id) {
            this.id = id;
        }

        /** {@return the value of the setting {@code unverifiedEmail}} */
        public String id() {
            return id;
        }
    }
}
