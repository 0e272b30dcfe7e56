package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a query found at one moment, of which a part is answered at a time. */
record SearchResults(List<SearchColumn> columns, List<SearchedAccount> accounts) {

    static SearchResults of(SearchStatement statement, Site site) {
        return new SearchResults(statement.columns(), statement.find(site.accounts()));
    }

    static SearchResults none() {
        return new SearchResults(List.of(), List.of());
    }

    /** {@return the members of an answer} */
    ObjectNode part(int start, int count) {
        var answer = Reply.object();
        var results = answer.putArray("results");
        int from = Math.min(start, accounts.size());
        for (var account : accounts.subList(from, Math.min(from + count, accounts.size()))) {
            var row = new SearchedRow(account);
            var result = results.addObject();
            columns.forEach(column -> column.write(row, result));
        }
        return answer.put("objectsCount", results.size()).put("totalCount", accounts.size());
    }
}
