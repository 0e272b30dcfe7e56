package io.github.keycloakgigya.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An account as {@code accounts.search} finds it.
 *
 * @param uid the account's UID
 * @param active whether it may sign in at Gigya; true where Gigya did not say
 * @param registered whether its registration is finished; false where Gigya did not say
 * @param verifiedEmails the addresses that Gigya has verified
 * @param loginIds the user name and the addresses by which its owner signs in, verified or not
 * @param lastUpdated when it changed last, by Gigya's clock; empty where Gigya did not say
 * @param sections what the query asked for below {@code profile}, {@code data}, {@code password} and the names of
 *     {@link AccountSection}: objects as maps, lists, text, booleans, whole numbers, and {@link java.math.BigDecimal} for
 *     other numbers
 */
public record FoundAccount(
        Uid uid,
        boolean active,
        boolean registered,
        Set<String> verifiedEmails,
        Set<String> loginIds,
        Optional<Instant> lastUpdated,
        Map<String, Object> sections) {

    public FoundAccount {
        Objects.requireNonNull(uid, "uid");
        verifiedEmails = Set.copyOf(verifiedEmails);
        loginIds = Set.copyOf(loginIds);
        Objects.requireNonNull(lastUpdated, "lastUpdated");
        sections = Map.copyOf(sections);
    }

    /**
     * {@return the value of a field, null where the account has none}
     *
     * @param path as in {@code data.loyalty.level}
     */
    public Object value(String path) {
        return FieldValue.at(path, sections);
    }

    /** {@return whether it is known what the account has of a section, be it nothing} */
    public boolean knows(AccountSection section) {
        return sections.containsKey(section.id());
    }

    /** {@return the same account with what another search found of a section} */
    public FoundAccount with(AccountSection section, Map<String, Object> members) {
        var more = new HashMap<>(sections);
        more.put(section.id(), members);
        return new FoundAccount(uid, active, registered, verifiedEmails, loginIds, lastUpdated, more);
    }

    /**
     * {@return since when the account has its password, by Gigya's clock; empty where it has none, or the query did not
     * ask for it}
     */
    public Optional<Instant> passwordCreated() {
        return FieldValue.time(SearchQuery.PASSWORD_CREATED, sections);
    }

    /** Leaves everything but the state out, so that no log shows it. */
    @Override
    public String toString() {
        return "FoundAccount[active=" + active + ", registered=" + registered + "]";
    }

    /** Finds a field in the sections of an account. */
    static final class FieldValue {

        private static final String ORGANIZATIONS = "groups.organizations";
        private static final String OF_EACH = ORGANIZATIONS + ".";

        private FieldValue() {}

        /**
         * {@return what stands at a path, null where nothing does} A path into the list of organizations leads to a list of
         * what stands there in each of them; one into any other list leads nowhere.
         */
        static Object at(String path, Map<?, ?> sections) {
            return path.startsWith(OF_EACH)
                    ? ofEach(path.substring(OF_EACH.length()), single(ORGANIZATIONS, sections))
                    : single(path, sections);
        }

        /** {@return the time in ISO 8601 that stands at a path; empty where none does} */
        static Optional<Instant> time(String path, Map<?, ?> sections) {
            return at(path, sections) instanceof String text ? GigyaTime.of(text) : Optional.empty();
        }

        private static Object single(String path, Map<?, ?> sections) {
            Object value = sections;
            for (var name : path.split("\\.")) {
                value = value instanceof Map<?, ?> object ? object.get(name) : null;
            }
            return value;
        }

        private static Object ofEach(String name, Object organizations) {
            if (!(organizations instanceof Collection<?> list)) {
                return null;
            }
            var found = new ArrayList<Object>();
            list.stream()
                    .map(element -> element instanceof Map<?, ?> organization ? organization.get(name) : null)
                    .filter(Objects::nonNull)
                    .forEach(element -> {
                        if (element instanceof Collection<?> several) {
                            found.addAll(several);
                        } else {
                            found.add(element);
                        }
                    });
            return found;
        }
    }
}
