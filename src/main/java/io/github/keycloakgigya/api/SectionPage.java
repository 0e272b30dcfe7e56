package io.github.keycloakgigya.api;

import java.util.HashMap;
import java.util.Map;

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
