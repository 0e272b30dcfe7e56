package io.github.keycloakgigya.federation.lookup;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.account.SearchedFields;
import io.github.keycloakgigya.api.ApiMethod;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.SearchCondition;
import io.github.keycloakgigya.api.SearchPage;
import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.RemoteAccount;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.settings.connector.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Finds accounts of one site by {@code accounts.search}. Every method makes one call at most, but for a name that a crowd
 * has.
 */
final class AccountSearch {

    private static final Logger LOG = Logger.getLogger(AccountSearch.class);

    // Two are enough to know that a name is not unique; more may be sorted out because they only look alike.
    private static final int MOST_NAMESAKES = 10;
    // The column never changes, so that the pages of a list are pages of the same list.
    private static final String ORDER = "createdTimestamp";
    // What an answer within the time and size of a look-up surely holds.
    private static final int LARGE = 200;

    private final Federation federation;
    private final SearchedColumns columns;
    private final SearchedFields fields;
    private final UnknownNames unknown;

    AccountSearch(Federation federation, UnknownNames unknown) {
        this.federation = federation;
        this.columns = new SearchedColumns(federation.settings());
        this.fields = new SearchedFields(federation.settings().fields());
        this.unknown = unknown;
    }

    /**
     * {@return accounts whose user would have this user name or this e-mail address} Both at once, because Keycloak
     * looks up what people type as an address first and as a user name then.
     *
     * @param name in lower case
     */
    List<RemoteAccount> named(String name) throws GigyaException {
        var seen = federation.seen().named(name);
        if (seen.isPresent()) {
            return seen.get();
        }
        var condition = columns.isName(name);
        if (condition.isEmpty() || unknown.contains(federation, name)) {
            return List.of();
        }
        var asker = Asker.of(federation.session().getContext());
        var isCounted = asker != Asker.TRUSTED && !unknown.isKnown(federation, name);
        if (isCounted && !unknown.take(federation)) {
            return withheld(name, asker);
        }
        var found = asked(name, condition.get(), isCounted);
        federation.seen().addNamed(name, found);
        if (found.isEmpty()) {
            unknown.add(federation, name);
        }
        return found;
    }

    private List<RemoteAccount> asked(String name, SearchCondition condition, boolean isCounted) throws GigyaException {
        try {
            var found = candidates(name, condition).stream()
                    .filter(account -> account.hasUsername(name) || account.hasEmail(name))
                    .toList();
            if (isCounted) {
                federation.seen().addCounted(name);
            }
            return found;
        } catch (GigyaException failed) {
            if (isCounted) {
                unknown.giveBack(federation);
            }
            throw failed;
        }
    }

    /** Takes note that a name is a user's. */
    void known(String name) {
        unknown.addKnown(federation, name);
        if (federation.seen().removeCounted(name)) {
            unknown.giveBack(federation);
        }
    }

    private List<RemoteAccount> withheld(String name, Asker asker) throws GigyaException {
        GigyaConnector.metersOf(federation.session()).calls().withheld(ApiMethod.SEARCH);
        if (unknown.isToBeTold(federation)) {
            LOG.warnf(
                    "User federation %s is asked for many names that nobody has, and looks up one a second for now",
                    federation.id());
        }
        if (asker == Asker.VISITOR) {
            // Keycloak asks twice in a request, for an address and for a user name.
            federation.seen().addNamed(name, List.of());
            return List.of();
        }
        throw GigyaException.unavailable("too many names that nobody has were looked up a moment ago");
    }

    // Anybody may type an address into any number of profiles. Its owner must be found among them.
    private List<RemoteAccount> candidates(String name, SearchCondition condition) throws GigyaException {
        var api = federation.connect().api();
        var page = ask(query(condition, 0, MOST_NAMESAKES), api);
        var owners = columns.isOwn(name);
        return page.total() > MOST_NAMESAKES && owners.isPresent()
                ? accounts(query(SearchCondition.allOf(condition, owners.get()), 0, MOST_NAMESAKES), api)
                : accounts(page);
    }

    /** {@return the account of a UID; empty where the search does not show it, which does not prove that there is none} */
    Optional<RemoteAccount> of(String uid) throws GigyaException {
        var seen = federation.seen().of(uid);
        if (seen.isPresent()) {
            return seen.get();
        }
        var condition = SearchCondition.isText(GigyaField.UID.path(), uid);
        if (condition.isEmpty()) {
            return Optional.empty();
        }
        var found = accounts(
                        query(condition.get(), 0, MOST_NAMESAKES),
                        federation.connect().api())
                .stream()
                .filter(account -> account.uid().equals(uid))
                .findFirst();
        found.ifPresentOrElse(federation.seen()::add, () -> federation.seen().addAbsent(uid));
        return found;
    }

    /**
     * {@return accounts that meet a condition, of those whose registration is finished}
     *
     * @param first how many are left out at the beginning
     * @param most how many at most, from 1 to 1,000
     */
    List<RemoteAccount> page(Optional<SearchCondition> condition, int first, int most) throws GigyaException {
        var connection = federation.connect(most <= LARGE ? Purpose.LIST : Purpose.LARGE_LIST);
        return accounts(listed(condition, first, most), connection.api());
    }

    /** {@return how many accounts meet a condition, of those whose registration is finished} */
    long count(Optional<SearchCondition> condition) throws GigyaException {
        return ask(listed(condition, 0, 1), federation.connect(Purpose.LIST).api())
                .total();
    }

    private SearchQuery listed(Optional<SearchCondition> condition, int first, int most) {
        var registered = SearchCondition.isFlag("isRegistered", true);
        var all = condition
                .map(further -> SearchCondition.allOf(registered, further))
                .orElse(registered);
        return new SearchQuery(fields(), Optional.of(all), Optional.of(ORDER), first, most);
    }

    private SearchQuery query(SearchCondition condition, int first, int most) {
        return new SearchQuery(fields(), Optional.of(condition), Optional.empty(), first, most);
    }

    private Set<String> fields() {
        return fields.columns();
    }

    private List<RemoteAccount> accounts(SearchQuery query, GigyaApi api) throws GigyaException {
        return accounts(ask(query, api));
    }

    private List<RemoteAccount> accounts(SearchPage page) {
        var accounts = new ArrayList<RemoteAccount>();
        for (var found : page.accounts()) {
            try {
                accounts.add(RemoteAccount.found(found, page.answeredAt(), federation.settings()));
            } catch (GigyaException unreadable) {
                LOG.warnf(
                        "The account of user %s is left out: %s",
                        federation.ids().of(found.uid()), unreadable.getMessage());
            }
        }
        return accounts;
    }

    private SearchPage ask(SearchQuery query, GigyaApi api) throws GigyaException {
        federation.seen().requireNoFailure();
        try {
            return fields.completed(api.search(query), () -> api);
        } catch (GigyaException failed) {
            federation.seen().addFailure(failed);
            throw failed;
        }
    }
}
