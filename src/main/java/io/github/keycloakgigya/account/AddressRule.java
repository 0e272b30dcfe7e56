package io.github.keycloakgigya.account;

import io.github.keycloakgigya.account.StoredName.EmailAddress;
import io.github.keycloakgigya.account.StoredName.Username;
import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

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

    /** What is known of the e-mail addresses and the login identifiers of one account. */
    public interface KnownAddresses {

        /**
         * {@return whether an address is known to be this account's: somebody who reads its mail has said so}
         *
         * @param address letter case does not matter for A to Z
         * @throws GigyaException where Gigya has to be asked and does not say
         */
        boolean isVerified(String address) throws GigyaException;

        /**
         * {@return whether the account's owner signs in at Gigya by this name or address} It is no other account's then, but
         * nobody may have verified it.
         *
         * @param name letter case does not matter for A to Z
         * @throws GigyaException where Gigya has to be asked and does not say
         */
        boolean isLoginId(String name) throws GigyaException;

        /**
         * {@return since when the account has its password, by Gigya's clock, where that was told along with these addresses}
         * Nobody is asked for it.
         */
        default Optional<Instant> passwordCreated() {
            return Optional.empty();
        }
    }

    /** Knows the e-mail addresses of accounts. */
    public interface AddressSource {

        /**
         * {@return what is known of an account's addresses} Whatever has to be asked for is asked for once, when somebody
         * wants to know.
         *
         * @param uid the account's UID
         */
        KnownAddresses addressesOf(Uid uid);
    }

    /**
     * The addresses that Gigya told along with an account, so that nobody has to be asked.
     *
     * @param verifiedEmails those that Gigya has verified
     * @param loginIds by which the account's owner signs in
     * @param passwordCreated empty where it was not asked for
     */
    public record ToldAddresses(Set<String> verifiedEmails, Set<String> loginIds, Optional<Instant> passwordCreated)
            implements KnownAddresses {

        public ToldAddresses {
            verifiedEmails = Set.copyOf(verifiedEmails);
            loginIds = Set.copyOf(loginIds);
        }

        /** {@return what a search found beside an account} */
        public static ToldAddresses of(FoundAccount account) {
            return new ToldAddresses(account.verifiedEmails(), account.loginIds(), account.passwordCreated());
        }

        /** {@return what {@code accounts.getAccountInfo} told} */
        public static ToldAddresses of(AccountInfo account) {
            return new ToldAddresses(account.verifiedEmails(), account.loginIds(), account.passwordCreated());
        }

        @Override
        public boolean isVerified(String address) {
            return new EmailAddress(address).isAmong(verifiedEmails);
        }

        @Override
        public boolean isLoginId(String name) {
            return new EmailAddress(name).isAmong(loginIds);
        }

        /** Leaves the addresses out, so that no log shows them. */
        @Override
        public String toString() {
            return "ToldAddresses[]";
        }
    }

    /**
     * The address that an account's user holds, about which nobody has to be asked again.
     *
     * @param held the address as Keycloak stores it
     * @param verified whether Keycloak holds it as verified
     * @param others knows of all other addresses, and of login identifiers
     */
    public record HeldAddress(String held, boolean verified, KnownAddresses others) implements KnownAddresses {

        @Override
        public boolean isVerified(String address) throws GigyaException {
            return new EmailAddress(address).stored().filter(held::equals).isPresent()
                    ? verified
                    : others.isVerified(address);
        }

        @Override
        public boolean isLoginId(String name) throws GigyaException {
            return others.isLoginId(name);
        }

        @Override
        public Optional<Instant> passwordCreated() {
            return others.passwordCreated();
        }

        /** Leaves the address out, so that no log shows it. */
        @Override
        public String toString() {
            return "HeldAddress[]";
        }
    }
}
