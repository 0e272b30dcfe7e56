package io.github.keycloakgigya.inmemory;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.api.SearchQuery.SearchPage;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.leaving.LeavingAccount;
import io.github.keycloakgigya.api.leaving.LeavingApi;
import io.github.keycloakgigya.api.leaving.LeavingApi.LeavingPage;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What goes along with the accounts of a site, which searches tell or withhold. */
public final class InMemoryLeaving implements LeavingApi {

    private static final Pattern FROM = Pattern.compile("lastUpdatedTimestamp >= (\\d+)");

    private final InMemoryGigya gigya;
    private boolean withheld;
    private boolean refused;
    private int mostOnPage = SearchQuery.MOST;

    InMemoryLeaving(InMemoryGigya gigya) {
        this.gigya = gigya;
    }

    /** Has searches leave out how passwords are stored. */
    public void withholdHashes() {
        withheld = true;
    }

    /** Has searches refuse to tell how passwords are stored. */
    public void refuseColumns() {
        refused = true;
        withheld = true;
    }

    /** Has searches answer so many accounts at once. */
    public void pagesOf(int accounts) {
        mostOnPage = accounts;
    }

    @Override
    public LeavingAccount account(Uid uid) throws GigyaException {
        return gigya.called("leavingAccount", uid.value()).leaving();
    }

    @Override
    public LeavingPage open(SearchQuery query) throws GigyaException {
        if (refused && !query.fields().isEmpty()) {
            throw GigyaException.answered(FailureKind.MISCONFIGURED, "Invalid parameter value", 400006, "call-id");
        }
        var from = FROM.matcher(query.text());
        return page(from.find() ? Long.parseLong(from.group(1)) : 0, 0, Math.min(mostOnPage, query.limit()));
    }

    @Override
    public LeavingPage next(String cursor) throws GigyaException {
        var parts = cursor.split(" ");
        return page(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    private LeavingPage page(long from, int start, int limit) throws GigyaException {
        gigya.asked("leavingPage");
        var all = gigya.people().stream()
                .filter(person -> changed(person).toEpochMilli() >= from)
                .sorted(Comparator.comparing(InMemoryLeaving::changed))
                .toList();
        var end = Math.min(all.size(), start + limit);
        var page = all.subList(Math.min(start, end), end);
        return new LeavingPage(
                new SearchPage(
                        page.stream().map(GigyaPerson::found).toList(),
                        0,
                        all.size(),
                        end < all.size() ? Optional.of(from + " " + end + " " + limit) : Optional.empty(),
                        Instant.now()),
                page.stream()
                        .map(person -> told(person.leaving(LeavingAccount.Source.SEARCH)))
                        .toList());
    }

    private static Instant changed(GigyaPerson person) {
        return person.found().lastUpdated().orElseThrow();
    }

    private LeavingAccount told(LeavingAccount account) {
        return withheld
                ? new LeavingAccount(
                        account.uid(),
                        account.active(),
                        account.registered(),
                        Optional.empty(),
                        account.passwordCreated(),
                        List.of(),
                        account.lastLogin(),
                        account.missing(),
                        account.source())
                : account;
    }
}
