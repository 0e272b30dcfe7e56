package io.github.keycloakgigya.api;

import io.github.keycloakgigya.api.SearchQuery.SearchCondition;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A query of {@code accounts.search} for what a search of accounts leaves out.
 *
 * @param section one that is searched apart
 * @param uids of the accounts that are asked about, at least one
 */
public record SectionQuery(AccountSection section, List<Uid> uids) {

    /** The most rows that one answer holds: what Gigya shows at all without a cursor. */
    public static final int MOST = 5_000;

    private static final String UID = "UID";
    private static final Map<AccountSection, String> COLUMNS = Map.of(
            AccountSection.SUBSCRIPTIONS, "UID, subscriptions",
            AccountSection.COMMUNICATIONS, "UID, topicId, channelId, status");

    public SectionQuery {
        Objects.requireNonNull(section, "section");
        uids = List.copyOf(uids);
        if (uids.isEmpty() || !section.isSearchedApart()) {
            throw new IllegalArgumentException("a section that is searched apart, of at least one account");
        }
    }

    /** {@return whether a query can be about this account: some UIDs can't be written in Gigya's language} */
    public static boolean canBeAbout(Uid uid) {
        return SearchCondition.isOneOf(UID, List.of(uid.value())).isPresent();
    }

    /** {@return the query in Gigya's language; empty where one of the UIDs can't be written in it} */
    public Optional<String> text() {
        return SearchCondition.isOneOf(UID, uids.stream().map(Uid::value).toList())
                .map(condition -> "SELECT " + COLUMNS.get(section) + " FROM " + section.source() + " WHERE "
                        + condition.text() + " LIMIT " + MOST);
    }

    /** {@return the same query about other accounts} */
    public SectionQuery about(Collection<Uid> others) {
        return new SectionQuery(section, List.copyOf(others));
    }

    /**
     * What {@code accounts.search} answered to a {@link SectionQuery}.
     *
     * @param byUid the section's members by the UID of the account, of those accounts alone that were asked about
     * @param isWhole whether the answer holds all that the query finds
     */
    public record SectionPage(Map<Uid, Map<String, Object>> byUid, boolean isWhole) {

        public SectionPage {
            byUid = Map.copyOf(new HashMap<>(byUid));
        }

        /** Leaves everything of people out, so that no log shows it. */
        @Override
        public String toString() {
            return "SectionPage[accounts=" + byUid.size() + ", isWhole=" + isWhole + "]";
        }
    }
}
