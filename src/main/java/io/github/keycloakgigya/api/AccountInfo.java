package io.github.keycloakgigya.api;

import io.github.keycloakgigya.api.FoundAccount.FieldValue;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code accounts.getAccountInfo} says about an account.
 *
 * @param uid the account's UID
 * @param active whether it may sign in at Gigya
 * @param registered whether its registration is finished; false where Gigya did not say
 * @param verifiedEmails the addresses that Gigya has verified
 * @param loginIds the user name and the addresses by which its owner signs in, verified or not
 * @param lastLogin when its owner last signed in at Gigya; empty where Gigya did not say
 * @param sections what was asked for besides, as in {@link FoundAccount#sections()}, and of {@code password}, unasked, when
 *     it was set
 * @param lastUpdated when it changed last, by Gigya's clock; empty where Gigya did not say
 */
public record AccountInfo(
        Uid uid,
        boolean active,
        boolean registered,
        Set<String> verifiedEmails,
        Set<String> loginIds,
        Optional<Instant> lastLogin,
        Map<String, Object> sections,
        Optional<Instant> lastUpdated) {

    public AccountInfo {
        Objects.requireNonNull(uid, "uid");
        verifiedEmails = Set.copyOf(verifiedEmails);
        loginIds = Set.copyOf(loginIds);
        Objects.requireNonNull(lastLogin, "lastLogin");
        sections = Map.copyOf(sections);
        Objects.requireNonNull(lastUpdated, "lastUpdated");
    }

    /**
     * {@return the value of a field; null where the account has none, or it was not asked for}
     *
     * @param path as in {@code preferences.terms.tos.isConsentGranted}
     */
    public Object value(String path) {
        return FieldValue.at(path, sections);
    }

    /**
     * {@return this answer}
     *
     * @param asked the UID that Gigya was asked about
     * @throws GigyaException of kind {@code UNAVAILABLE} where the answer is about another account
     */
    public AccountInfo about(Uid asked) throws GigyaException {
        if (!uid.equals(asked)) {
            throw GigyaException.unavailable("the answer of accounts.getAccountInfo is about another account");
        }
        return this;
    }

    /** {@return since when the account has its password, by Gigya's clock; empty where it has none, or it was not told} */
    public Optional<Instant> passwordCreated() {
        return FieldValue.time(SearchQuery.PASSWORD_CREATED, sections);
    }

    /** Leaves all but the state out, so that no log shows it. */
    @Override
    public String toString() {
        return "AccountInfo[active=" + active + ", registered=" + registered + "]";
    }
}
