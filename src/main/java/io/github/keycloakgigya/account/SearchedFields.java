package io.github.keycloakgigya.account;

import io.github.keycloakgigya.api.AccountSection;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.SearchQuery.SearchPage;
import io.github.keycloakgigya.api.SectionQuery;
import io.github.keycloakgigya.api.Uid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The fields that searches are to find, so that a look-up and a sync know as much of an account as a sign-in. What a
 * search of accounts leaves out is asked for besides, for all accounts of a page at once.
 */
public final class SearchedFields {

    // How long a query may be is not documented.
    private static final int MOST_AT_ONCE = 500;
    private static final String ORGANIZATIONS = "groups.organizations";

    private final Set<GigyaField> fields;
    private final List<AccountSection> apart;

    /** @param fields those that are wanted */
    public SearchedFields(Set<GigyaField> fields) {
        this.fields = Set.copyOf(fields);
        this.apart = GigyaField.sectionsOf(fields).stream()
                .filter(AccountSection::isSearchedApart)
                .toList();
    }

    /** {@return the columns of a search of accounts} */
    public Set<String> columns() {
        return fields.stream()
                .filter(field ->
                        field.section().filter(AccountSection::isSearchedApart).isEmpty())
                .map(SearchedFields::column)
                .collect(Collectors.toUnmodifiableSet());
    }

    // Which columns a list has inside is not documented.
    private static String column(GigyaField field) {
        return field.path().startsWith(ORGANIZATIONS) ? ORGANIZATIONS : field.path();
    }

    /**
     * {@return a page with what its search left out} Makes a call for each section that is searched apart and 500
     * accounts, and more only where one answer does not hold all. An account that no query can ask about stays without the
     * section, so that it is {@linkplain GigyaAccount#of(FoundAccount, java.time.Instant, Set) refused} by itself.
     *
     * @param page of a search for {@link #columns()}
     * @param gigya a connection for one call
     */
    public SearchPage completed(SearchPage page, Supplier<GigyaApi> gigya) throws GigyaException {
        var accounts = page.accounts();
        for (var section : apart) {
            var found = new HashMap<Uid, Map<String, Object>>();
            for (var from = 0; from < accounts.size(); from += MOST_AT_ONCE) {
                var part = accounts.subList(from, Math.min(from + MOST_AT_ONCE, accounts.size()));
                var uids = part.stream()
                        .map(FoundAccount::uid)
                        .filter(SectionQuery::canBeAbout)
                        .distinct()
                        .toList();
                if (!uids.isEmpty()) {
                    find(new SectionQuery(section, uids), gigya, found);
                }
            }
            accounts = accounts.stream()
                    .map(account -> SectionQuery.canBeAbout(account.uid())
                            ? account.with(section, found.getOrDefault(account.uid(), Map.of()))
                            : account)
                    .toList();
        }
        return page.with(accounts);
    }

    private static void find(SectionQuery query, Supplier<GigyaApi> gigya, Map<Uid, Map<String, Object>> found)
            throws GigyaException {
        var page = gigya.get().searchSection(query);
        var uids = query.uids();
        if (page.isWhole()) {
            found.putAll(page.byUid());
        } else if (uids.size() == 1) {
            throw GigyaException.unavailable("the " + query.section().id() + " of an account are too many");
        } else {
            find(query.about(uids.subList(0, uids.size() / 2)), gigya, found);
            find(query.about(uids.subList(uids.size() / 2, uids.size())), gigya, found);
        }
    }
}
