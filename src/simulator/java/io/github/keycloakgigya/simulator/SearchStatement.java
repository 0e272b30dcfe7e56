package io.github.keycloakgigya.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * A query: {@code SELECT columns|* FROM accounts [WHERE condition] [ORDER BY column [ASC|DESC]] [START n] [LIMIT n]}, in
 * that order of clauses. Everything else is refused.
 */
record SearchStatement(
        List<SearchColumn> columns,
        Predicate<SearchedRow> condition,
        Optional<SearchOrder> order,
        int start,
        OptionalInt limit) {

    static SearchStatement parse(String query) throws Refusal {
        var tokens = new SearchTokens(query);
        tokens.requireKeyword("SELECT");
        var columns = columns(tokens);
        tokens.requireKeyword("FROM");
        if (!tokens.take(SearchTokens.Kind.WORD).equals("accounts")) {
            throw SearchTokens.refused("unknown source");
        }
        Predicate<SearchedRow> condition =
                tokens.takeKeyword("WHERE") ? SearchCondition.take(tokens) : everything -> true;
        var order = tokens.takeKeyword("ORDER") ? Optional.of(order(tokens)) : Optional.<SearchOrder>empty();
        int start = tokens.takeKeyword("START") ? number(tokens) : 0;
        var limit = tokens.takeKeyword("LIMIT") ? OptionalInt.of(number(tokens)) : OptionalInt.empty();
        if (!tokens.isEmpty()) {
            throw SearchTokens.refused("syntax");
        }
        if (limit.isPresent() && limit.getAsInt() == 0) {
            throw SearchTokens.refused("LIMIT out of range");
        }
        return new SearchStatement(columns, condition, order, start, limit);
    }

    private static List<SearchColumn> columns(SearchTokens tokens) throws Refusal {
        if (tokens.takeSign("*")) {
            return SearchColumn.ALL;
        }
        var columns = new ArrayList<SearchColumn>();
        do {
            columns.add(SearchColumn.of(tokens.take(SearchTokens.Kind.WORD)));
        } while (tokens.takeSign(","));
        return List.copyOf(columns);
    }

    private static SearchOrder order(SearchTokens tokens) throws Refusal {
        tokens.requireKeyword("BY");
        var column = SearchColumn.of(tokens.take(SearchTokens.Kind.WORD));
        column.requireSortable();
        boolean descending = tokens.takeKeyword("DESC");
        if (!descending) {
            tokens.takeKeyword("ASC");
        }
        return new SearchOrder(column, descending);
    }

    private static int number(SearchTokens tokens) throws Refusal {
        var number = tokens.take(SearchTokens.Kind.NUMBER);
        if (!number.matches("[0-9]{1,9}")) {
            throw SearchTokens.refused("a whole number expected");
        }
        return Integer.parseInt(number);
    }

    /** {@return all accounts that meet the condition, in order} */
    List<SearchedAccount> find(Accounts accounts) {
        var rows = accounts.searched().map(SearchedRow::new).filter(condition);
        return order.isPresent()
                ? order.get().sort(rows)
                : rows.map(SearchedRow::account).toList();
    }
}
