package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a query looks through. Accounts have no subscriptions here, and a communication is a row of its own. */
enum SearchSource {
    ACCOUNTS("accounts", SearchColumn.ALL),
    EMAIL_ACCOUNTS("emailAccounts", columnsOf("UID", "profile", "data", "subscriptions")),
    COMMUNICATIONS("communications", columnsOf("UID", "topicId", "channelId", "status"));

    private static final Pattern SUBSCRIPTION = Pattern.compile("subscriptions(\\.[A-Za-z0-9_$-]+)*");
    private static final Set<String> OF_COMMUNICATIONS = Set.of("UID", "topicId", "channelId", "status");

    private final String id;
    private final List<SearchColumn> all;

    SearchSource(String id, List<SearchColumn> all) {
        this.id = id;
        this.all = all;
    }

    private static List<SearchColumn> columnsOf(String... names) {
        return Stream.of(names).map(SearchColumn::new).toList();
    }

    static SearchSource of(String name) throws Refusal {
        return Stream.of(values())
                .filter(source -> source.id.equals(name))
                .findFirst()
                .orElseThrow(() -> SearchTokens.refused("unknown source"));
    }

    SearchColumn column(String name) throws Refusal {
        return switch (this) {
            case ACCOUNTS -> SearchColumn.of(name);
            case EMAIL_ACCOUNTS ->
                SUBSCRIPTION.matcher(name).matches() ? new SearchColumn(name) : SearchColumn.of(name);
            case COMMUNICATIONS -> {
                if (!OF_COMMUNICATIONS.contains(name)) {
                    throw SearchTokens.refused("unknown field");
                }
                yield new SearchColumn(name);
            }
        };
    }

    /** {@return the columns of these names; all that {@code *} stands for where there are none} */
    List<SearchColumn> columns(List<String> names) throws Refusal {
        var columns = new ArrayList<SearchColumn>();
        for (var name : names) {
            columns.add(column(name));
        }
        return columns.isEmpty() ? all : columns;
    }

    Stream<SearchedAccount> rows(Accounts accounts) {
        return switch (this) {
            case ACCOUNTS -> accounts.searched();
            // An e-mail account is there once somebody subscribes or registers with an address.
            case EMAIL_ACCOUNTS ->
                accounts.searched()
                        .filter(account ->
                                account.fields().read().get("profile.email").isPresent());
            case COMMUNICATIONS ->
                accounts.searched().flatMap(account -> names(account).map(account::of));
        };
    }

    private static Stream<String> names(SearchedAccount account) {
        ObjectNode communications = account.fields().read().section("communications");
        var names = new ArrayList<String>();
        communications.fieldNames().forEachRemaining(names::add);
        return names.stream();
    }
}
