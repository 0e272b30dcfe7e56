package io.github.keycloakgigya.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * A query: {@code SELECT columns|* FROM source [WHERE condition] [ORDER BY column [ASC|DESC]] [START n] [LIMIT n]}, in
 * that order of clauses. Everything else is refused.
 */
record SearchStatement(
        SearchSource source,
        List<SearchColumn> columns,
        Predicate<SearchedRow> condition,
        Optional<SearchOrder> order,
        int start,
        OptionalInt limit) {

    static SearchStatement parse(String query) throws Refusal {
        var tokens = new SearchTokens(query);
        tokens.requireKeyword("SELECT");
        var names = columns(tokens);
        tokens.requireKeyword("FROM");
        var source = SearchSource.of(tokens.take(SearchTokens.Kind.WORD));
        var columns = source.columns(names);
        Predicate<SearchedRow> condition =
                tokens.takeKeyword("WHERE") ? SearchCondition.take(tokens, source) : everything -> true;
        var order = tokens.takeKeyword("ORDER") ? Optional.of(order(tokens, source)) : Optional.<SearchOrder>empty();
        int start = tokens.takeKeyword("START") ? number(tokens) : 0;
        var limit = tokens.takeKeyword("LIMIT") ? OptionalInt.of(number(tokens)) : OptionalInt.empty();
        if (!tokens.isEmpty()) {
            throw SearchTokens.refused("syntax");
        }
        if (limit.isPresent() && limit.getAsInt() == 0) {
            throw SearchTokens.refused("LIMIT out of range");
        }
        return new SearchStatement(source, columns, condition, order, start, limit);
    }

    /** {@return the names of columns; none for all} */
    private static List<String> columns(SearchTokens tokens) throws Refusal {
        var columns = new ArrayList<String>();
        if (tokens.takeSign("*")) {
            return columns;
        }
        do {
            columns.add(tokens.take(SearchTokens.Kind.WORD));
        } while (tokens.takeSign(","));
        return columns;
    }

    private static SearchOrder order(SearchTokens tokens, SearchSource source) throws Refusal {
        tokens.requireKeyword("BY");
        var column = source.column(tokens.take(SearchTokens.Kind.WORD));
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
        var rows = source.rows(accounts).map(SearchedRow::new).filter(condition);
        return order.isPresent()
                ? order.get().sort(rows)
                : rows.map(SearchedRow::account).toList();
    }
}
