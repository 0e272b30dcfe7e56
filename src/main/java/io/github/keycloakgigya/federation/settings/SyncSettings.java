package io.github.keycloakgigya.federation.settings;

import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * How accounts are brought over in bulk.
 *
 * @param pageSize how many accounts Gigya is asked for at once, from 10 to 1,000
 * @param overlap how far before the point that the last sync reached a sync of changes begins
 * @param removesMissing whether a full sync does what the policy for missing accounts says
 * @param removalLimitPercent of the federation's users that one sync may disable or remove at most, from 0 to 100
 */
public record SyncSettings(int pageSize, Duration overlap, boolean removesMissing, int removalLimitPercent) {

    public static final String PAGE_SIZE = "searchPageSize";
    public static final String OVERLAP = "syncOverlapSeconds";
    public static final String REMOVES_MISSING = "syncRemovesMissing";
    public static final String REMOVAL_LIMIT = "removalLimitPercent";

    public static final int DEFAULT_OVERLAP_SECONDS = 60;
    public static final int DEFAULT_REMOVAL_LIMIT = 10;

    static SyncSettings parse(SettingsReader settings) throws SettingsException {
        return new SyncSettings(
                settings.number(PAGE_SIZE, SearchQuery.MOST, 10, SearchQuery.MOST),
                settings.time(OVERLAP, ChronoUnit.SECONDS, DEFAULT_OVERLAP_SECONDS, 0, 86_400),
                settings.flag(REMOVES_MISSING, false),
                settings.number(REMOVAL_LIMIT, DEFAULT_REMOVAL_LIMIT, 0, 100));
    }
}
