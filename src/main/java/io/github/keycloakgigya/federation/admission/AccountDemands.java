package io.github.keycloakgigya.federation.admission;

import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

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

    private static void requireAtMost(int most, GigyaAccount account, Set<GigyaField> asked) throws SignInException {
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
