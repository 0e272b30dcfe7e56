package io.github.keycloakgigya.account;

import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

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

    /** Knows the e-mail addresses of accounts. */
    interface AddressSource {

        /**
         * {@return what is known of an account's addresses} Whatever has to be asked for is asked for once, when somebody
         * wants to know.
         *
         * @param uid the account's UID
         */
        KnownAddresses addressesOf(Uid uid);
    }

    /** The addresses of an account as Gigya tells them when it is asked: once, and only where somebody wants to know. */
    final class AskedAddresses implements KnownAddresses {

        /** Asks Gigya about one account. */
        interface Question {
            AccountInfo ask() throws GigyaException;
        }

        private final Question question;
        private ToldAddresses answer;

        AskedAddresses(Question question) {
            this.question = question;
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
                answer = ToldAddresses.of(question.ask());
            }
            return answer;
        }
    }

    /**
     * The addresses that Gigya told along with an account, so that nobody has to be asked.
     *
     * @param verifiedEmails those that Gigya has verified
     * @param loginIds by which the account's owner signs in
     * @param passwordCreated empty where it was not asked for
     */
    record ToldAddresses(Set<String> verifiedEmails, Set<String> loginIds, Optional<Instant> passwordCreated)
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
    record HeldAddress(String held, boolean verified, KnownAddresses others) implements KnownAddresses {

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
