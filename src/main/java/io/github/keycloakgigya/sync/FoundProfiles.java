package io.github.keycloakgigya.sync;

import io.github.keycloakgigya.account.AddressRule.ToldAddresses;
import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.account.SearchedFields;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.api.SearchQuery.SearchPage;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FoundProfile;
import io.github.keycloakgigya.federation.FoundProfile.SearchedAt;
import io.github.keycloakgigya.federation.ImportedProfile;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.sync.bulk.BulkUsers.InactiveAccount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes of the accounts that a search found what their users are to look like. */
final class FoundProfiles {

    private final StorageSettings settings;
    private final Set<GigyaField> fields;

    FoundProfiles(StorageSettings settings) {
        this.settings = settings;
        this.fields = settings.fields();
    }

    /** {@return what searches are to find} */
    SearchedFields searched() {
        return new SearchedFields(fields);
    }

    /** {@return a query for all accounts with what the settings need of them} */
    SearchQuery query() {
        return new SearchQuery(
                settings.searchedColumns(),
                Optional.empty(),
                Optional.empty(),
                0,
                settings.sync().pageSize());
    }

    /** {@return the accounts of a page, sorted} */
    Profiles of(SearchPage page) {
        var byUid = new LinkedHashMap<Uid, FoundProfile>();
        var refused = new LinkedHashMap<Uid, String>();
        var inactive = new ArrayList<InactiveAccount>();
        var unfinished = 0;
        for (var found : page.accounts()) {
            if (!found.registered()) {
                unfinished++;
                inactive(found, page).ifPresent(inactive::add);
                continue;
            }
            try {
                byUid.put(found.uid(), account(found, page));
            } catch (GigyaException holdsTooMuch) {
                refused.put(found.uid(), holdsTooMuch.getMessage());
                inactive(found, page).ifPresent(inactive::add);
            }
        }
        return new Profiles(List.copyOf(byUid.values()), unfinished, refused, inactive, page.unreadable());
    }

    private static Optional<InactiveAccount> inactive(FoundAccount found, SearchPage page) {
        return found.active()
                ? Optional.empty()
                : Optional.of(new InactiveAccount(found.uid(), new SearchedAt(found.lastUpdated(), page.answeredAt())));
    }

    /**
     * The accounts of a page.
     *
     * @param toWrite those that are to be written
     * @param unfinished how many have not finished their registration
     * @param refused why others can't be written, by UID
     * @param inactive those that may not sign in, of the ones that are not to be written
     * @param nameless how many have no UID that could be named
     */
    record Profiles(
            List<FoundProfile> toWrite,
            int unfinished,
            Map<Uid, String> refused,
            List<InactiveAccount> inactive,
            int nameless) {

        /** {@return those that are to be written} Counts the others. */
        List<FoundProfile> counted(SyncTally tally) {
            tally.nameless(nameless);
            tally.skipped(unfinished);
            refused.forEach(tally::failed);
            return toWrite;
        }
    }

    private FoundProfile account(FoundAccount found, SearchPage page) throws GigyaException {
        var account = GigyaAccount.of(found, page.answeredAt(), fields);
        var addresses = ToldAddresses.of(found);
        var profile = ImportedProfile.of(account, settings, addresses);
        return new FoundProfile(profile, addresses, found.active(), found.lastUpdated(), page.answeredAt());
    }
}
