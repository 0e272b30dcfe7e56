package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.account.FoundEmails;
import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.SearchPage;
import io.github.keycloakgigya.api.SearchQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes of the accounts that a search found what their users are to look like. */
final class FoundProfiles {

    private final StorageSettings settings;
    private final Set<GigyaField> fields;

    FoundProfiles(StorageSettings settings) {
        this.settings = settings;
        this.fields = settings.fields();
    }

    /** {@return a query for all accounts with what the settings need of them} */
    SearchQuery query() {
        var paths = fields.stream().map(GigyaField::path).collect(Collectors.toSet());
        return new SearchQuery(
                paths, Optional.empty(), Optional.empty(), 0, settings.sync().pageSize());
    }

    /** {@return the accounts of a page that are to be written; the others are counted} */
    List<BulkAccount> of(SearchPage page, SyncTally tally) {
        var byUid = new LinkedHashMap<String, BulkAccount>();
        tally.nameless(page.unreadable());
        for (var found : page.accounts()) {
            if (!found.registered()) {
                tally.skipped();
                continue;
            }
            try {
                byUid.put(found.uid(), account(found, page));
            } catch (GigyaException holdsTooMuch) {
                tally.failed(found.uid(), holdsTooMuch.getMessage());
            }
        }
        return List.copyOf(byUid.values());
    }

    private BulkAccount account(FoundAccount found, SearchPage page) throws GigyaException {
        var account = GigyaAccount.of(found, page.answeredAt(), fields);
        var profile = ImportedProfile.of(account, settings);
        return new BulkAccount(
                profile, isEmailVerified(profile, found), found.active(), found.lastUpdated(), page.answeredAt());
    }

    private boolean isEmailVerified(ImportedProfile profile, FoundAccount found) throws GigyaException {
        return profile.email().isPresent()
                && new FoundEmails(found)
                        .isEmailVerified(found.uid(), profile.email().get());
    }
}
