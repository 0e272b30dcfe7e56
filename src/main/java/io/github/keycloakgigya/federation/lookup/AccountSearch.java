package io.github.keycloakgigya.federation.lookup;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.account.SearchedFields;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Identifier;
import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.api.SearchQuery.SearchCondition;
import io.github.keycloakgigya.api.SearchQuery.SearchPage;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.SeenAccounts.SeenAccount;
import io.github.keycloakgigya.federation.lookup.UnknownNames.NameBudget;
import io.github.keycloakgigya.settings.connector.GigyaConnector.Purpose;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Finds accounts of one site by {@code accounts.search}, or by an identifier of theirs. Every method makes one call at
 * most, but for a name that a crowd has.
 */
final class AccountSearch {

    private static final Logger LOG = Logger.getLogger(AccountSearch.class);

    // Two are enough to know that a name is not unique; more may be sorted out because they only look alike.
    private static final int MOST_NAMESAKES = 10;
    // The column never changes, so that the pages of a list are pages of the same list.
    private static final String ORDER = "createdTimestamp";
    // What an answer within the time and size of a look-up surely holds.
    private static final int LARGE = 200;

    private interface Request {
        SearchPage of(GigyaApi api) throws GigyaException;
    }

    private final Federation federation;
    private final SearchedColumns columns;
    private final SearchedFields fields;
    private final NameBudget budget;

    AccountSearch(Federation federation, UnknownNames unknown) {
        this.federation = federation;
        this.columns = new SearchedColumns(federation.settings());
        this.fields = new SearchedFields(federation.settings().fields());
        this.budget = new NameBudget(federation, unknown);
    }

    /**
     * {@return accounts whose user would have this user name or this e-mail address} Both at once, because Keycloak
     * looks up what people type as an address first and as a user name then.
     *
     * @param name in lower case
     */
    List<SeenAccount> named(String name) throws GigyaException {
        var seen = federation.seen().named(name);
        if (seen.isPresent()) {
            return seen.get();
        }
        var condition = columns.isName(name);
        return condition.isEmpty()
                ? List.of()
                : budget.within(
                        ApiMethod.SEARCH,
                        name,
                        () -> candidates(name, condition.get()).stream()
                                .filter(account -> account.hasUsername(name) || account.hasEmail(name))
                                .toList());
    }

    /** {@return the account that has an identifier} None or one. */
    List<SeenAccount> identified(Identifier identifier) throws GigyaException {
        var key = keyOf(identifier);
        var seen = federation.seen().named(key);
        return seen.isPresent()
                ? seen.get()
                : budget.within(ApiMethod.FIND_ACCOUNT, key, () -> accounts(ask(api -> owner(identifier, api), api())));
    }

    // No name of a user: those hold no blanks.
    private static String keyOf(Identifier identifier) {
        return identifier.name() + " " + identifier.value();
    }

    private SearchPage owner(Identifier identifier, GigyaApi api) throws GigyaException {
        try {
            return api.find(
                    identifier, GigyaField.sectionsOf(federation.settings().fields()));
        } catch (GigyaException failed) {
            if (failed.kind().provesAbsence()) {
                return new SearchPage(List.of(), 0, 0, Optional.empty(), Instant.EPOCH);
            }
            throw failed;
        }
    }

    /** Takes note that a name is a user's. */
    void known(String name) {
        budget.known(name);
    }

    /** Takes note that an identifier is a user's, and so is what was typed. */
    void known(Identifier identifier, String name) {
        budget.known(keyOf(identifier));
        budget.known(name);
    }

    // Anybody may type an address into any number of profiles. Its owner must be found among them.
    private List<SeenAccount> candidates(String name, SearchCondition condition) throws GigyaException {
        var api = api();
        var page = ask(query(condition, 0, MOST_NAMESAKES), api);
        var owners = columns.isOwn(name);
        return page.total() > MOST_NAMESAKES && owners.isPresent()
                ? accounts(query(SearchCondition.allOf(condition, owners.get()), 0, MOST_NAMESAKES), api)
                : accounts(page);
    }

    /** {@return the account of a UID; empty where the search does not show it, which does not prove that there is none} */
    Optional<SeenAccount> of(Uid uid) throws GigyaException {
        var seen = federation.seen().of(uid);
        if (seen.isPresent()) {
            return seen.get();
        }
        var condition = SearchCondition.isText(GigyaField.UID.path(), uid.value());
        if (condition.isEmpty()) {
            return Optional.empty();
        }
        var found = accounts(query(condition.get(), 0, MOST_NAMESAKES), api()).stream()
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
    List<SeenAccount> page(Optional<SearchCondition> condition, int first, int most) throws GigyaException {
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
        return federation.settings().searchedColumns();
    }

    private List<SeenAccount> accounts(SearchQuery query, GigyaApi api) throws GigyaException {
        return accounts(ask(query, api));
    }

    private List<SeenAccount> accounts(SearchPage page) {
        var accounts = new ArrayList<SeenAccount>();
        for (var found : page.accounts()) {
            try {
                accounts.add(SeenAccount.found(found, page.answeredAt(), federation.settings()));
            } catch (GigyaException unreadable) {
                LOG.warnf(
                        "The account of user %s is left out: %s",
                        federation.ids().of(found.uid()), unreadable.getMessage());
            }
        }
        return accounts;
    }

    private GigyaApi api() {
        return federation.connect().api();
    }

    private SearchPage ask(SearchQuery query, GigyaApi api) throws GigyaException {
        return ask(asked -> fields.completed(asked.search(query), () -> asked), api);
    }

    private SearchPage ask(Request request, GigyaApi api) throws GigyaException {
        federation.seen().requireNoFailure();
        try {
            return request.of(api);
        } catch (GigyaException failed) {
            federation.seen().addFailure(failed);
            throw failed;
        }
    }
}
