package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code ORDER BY} of one column. Accounts without a value there come last, which the record does not say. */
record SearchOrder(SearchColumn column, boolean descending) {

    /** Holds the value, so that it is looked up once. */
    private record Keyed(Optional<JsonNode> key, SearchedAccount account) {}

    List<SearchedAccount> sort(Stream<SearchedRow> rows) {
        return rows.map(row -> new Keyed(column.value(row), row.account()))
                .sorted(Comparator.comparing(keyed -> keyed.key().isEmpty() ? null : keyed, nullsLast()))
                .map(Keyed::account)
                .toList();
    }

    private Comparator<Keyed> nullsLast() {
        Comparator<Keyed> byKey = (left, right) -> SearchOperator.compare(
                        left.key().orElseThrow(), right.key().orElseThrow(), column.ignoresCase())
                .orElseGet(() -> left.key()
                        .get()
                        .getNodeType()
                        .compareTo(right.key().get().getNodeType()));
        return Comparator.nullsLast(descending ? byKey.reversed() : byKey);
    }
}
