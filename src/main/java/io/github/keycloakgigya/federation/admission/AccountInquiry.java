package io.github.keycloakgigya.federation.admission;

import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.federation.GigyaUsers;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import io.github.keycloakgigya.signin.Reauthentication.FreshSignIn;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Asks Gigya for an account that signs in, and makes sure that it is what the door demands.
 *
 * @param connection to the account's site
 * @param clock Keycloak's
 */
public record AccountInquiry(GigyaConnection connection, Clock clock) {

    /**
     * What Gigya said.
     *
     * @param account the account
     * @param fields what Gigya was asked for
     */
    public record Answer(GigyaAccount account, Set<GigyaField> fields) {}

    /** {@return an account on which no federation decides} */
    public Answer ask(Uid uid, AccountDemands demands) throws SignInException {
        return ask(uid, demands, Optional.empty());
    }

    /**
     * {@return an account}
     *
     * @param users those of the federation that decides on it: it is told where there is no such account, or it is
     *     disabled, and needs no call of its own
     */
    Answer ask(Uid uid, AccountDemands demands, Optional<GigyaUsers> users) throws SignInException {
        var fields = new LinkedHashSet<>(demands.fields());
        users.ifPresent(ofFederation -> fields.addAll(ofFederation.settings().fields()));
        var account = read(uid, fields, users);
        demands.require(account, fields);
        if (demands.freshSince().isPresent()) {
            new FreshSignIn(connection, clock).require(demands.freshSince().get(), account);
        }
        return new Answer(account, fields);
    }

    private GigyaAccount read(Uid uid, Set<GigyaField> fields, Optional<GigyaUsers> users) throws SignInException {
        try {
            return connection.accounts().read(uid, fields);
        } catch (GigyaException failed) {
            users.ifPresent(ofFederation -> ofFederation.told(uid, failed));
            throw SignInException.of(failed);
        }
    }

    /**
     * What Gigya's answer about an account has to say, before anything is written.
     *
     * @param fields what Gigya is asked for; a federation that decides on the account asks for its own besides
     * @param mostCharacters how many characters all values may have together; empty where nothing bounds them
     * @param essential what one of the values has to be; empty where nothing is demanded
     * @param freshSince since when the person has to have signed in at Gigya, by Keycloak's clock; empty where any sign-in
     *     will do
     */
    public record AccountDemands(
            Set<GigyaField> fields,
            OptionalInt mostCharacters,
            Optional<Essential> essential,
            Optional<Instant> freshSince) {

        public AccountDemands {
            fields = Set.copyOf(fields);
        }

        /** {@return the demand that the account exists and may sign in at Gigya, and no other} */
        public static AccountDemands none() {
            return since(Optional.empty());
        }

        /** {@return the demand of a sign-in at Gigya that is not older than this, where there is a time, and no other} */
        public static AccountDemands since(Optional<Instant> fresh) {
            return new AccountDemands(Set.of(), OptionalInt.empty(), Optional.empty(), fresh);
        }

        /** {@return the demand that these fields hold no more than so many characters, and no other} */
        public static AccountDemands ofFields(Set<GigyaField> fields, int mostCharacters) {
            return new AccountDemands(fields, OptionalInt.of(mostCharacters), Optional.empty(), Optional.empty());
        }

        /**
         * What an account must say to sign in: Keycloak's "Verify essential claim".
         *
         * @param field a field, one of whose values has to match
         * @param pattern has to match the whole value
         */
        public record Essential(GigyaField field, Pattern pattern) {

            boolean isMetBy(GigyaAccount account) {
                return account.values(field).stream()
                        .anyMatch(value -> pattern.matcher(value).matches());
            }
        }

        /**
         * Makes sure that the answer's values are what they have to be.
         *
         * @param asked all fields that Gigya was asked for
         */
        void require(GigyaAccount account, Set<GigyaField> asked) throws SignInException {
            if (mostCharacters.isPresent()) {
                requireAtMost(mostCharacters.getAsInt(), account, asked);
            }
            if (essential.filter(field -> !field.isMetBy(account)).isPresent()) {
                throw SignInException.of(SignInError.ESSENTIAL_CLAIM_MISSING, "the account lacks an essential claim");
            }
        }

        private static void requireAtMost(int most, GigyaAccount account, Set<GigyaField> asked)
                throws SignInException {
            var characters = asked.stream()
                    .flatMap(field -> account.values(field).stream())
                    .mapToLong(String::length)
                    .sum();
            if (characters > most) {
                throw SignInException.of(
                        GigyaException.unavailable("the account holds too much in the fields that are asked for: "
                                + characters + " characters, where a login keeps " + most));
            }
        }
    }
}
