package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * {@code accounts.search}, for servers. A page without a limit has 300 accounts. With a cursor it has at most 1,000;
 * without one, only the first 10,000 that a query finds can be seen. The record has these numbers for the method or for
 * its neighbours, and contradicts itself; the lower ones are taken.
 */
record Search(SearchCursors cursors) implements ApiMethod {

    private static final Set<String> PARAMETERS = Set.of("query", "openCursor", "cursorId", "accountTypes", "timeout");
    private static final int DEFAULT_LIMIT = 300;
    private static final int MOST_WITH_CURSOR = 1_000;
    private static final int MOST_WITHOUT_CURSOR = 10_000;
    private static final int LONGEST_TIMEOUT = 60_000;

    @Override
    public Set<String> parameters(Caller caller) {
        return caller.isServer() ? PARAMETERS : Set.of();
    }

    @Override
    public Reply answer(Call call) throws Refusal {
        call.caller().requireServer();
        var cursorId = call.optional("cursorId");
        if (cursorId.isPresent()) {
            requireAlone(call);
            return told(call, cursors.next(call.site(), cursorId.get()));
        }
        boolean opensCursor = opensCursor(call);
        requireTimeout(call);
        boolean findsFullAccounts = findsFullAccounts(call);
        var statement = SearchStatement.parse(call.required("query"));
        if (!call.site().searchTellsHashes() && statement.columns().stream().anyMatch(SearchColumn::isLuggage)) {
            throw SearchTokens.refused("unknown field");
        }
        int limit = statement.limit().orElse(DEFAULT_LIMIT);
        requireRange(statement.start(), limit, opensCursor);
        var results = findsFullAccounts ? SearchResults.of(statement, call.site()) : SearchResults.none();
        return told(
                call, opensCursor ? cursors.open(call.site(), results, limit) : results.part(statement.start(), limit));
    }

    private static Reply told(Call call, ObjectNode answer) {
        for (var result : answer.path("results")) {
            if (result.path("password") instanceof ObjectNode password) {
                if (call.site().areHashesReadable()) {
                    call.site().accounts().told(password.path("hash").asText());
                } else {
                    password.remove(List.of("hash", "hashSettings"));
                }
            }
        }
        return Reply.of(answer);
    }

    /** A cursor's id is sent alone. */
    private static void requireAlone(Call call) throws Refusal {
        for (var parameter : PARAMETERS) {
            if (!parameter.equals("cursorId")
                    && call.request().parameters().names().contains(parameter)) {
                throw Refusal.invalid(parameter + " beside cursorId");
            }
        }
    }

    private static boolean opensCursor(Call call) throws Refusal {
        var value = call.optional("openCursor");
        if (value.isPresent() && !value.get().equals("true")) {
            throw Refusal.invalid("openCursor");
        }
        return value.isPresent();
    }

    private static void requireTimeout(Call call) throws Refusal {
        var timeout = call.optional("timeout").orElse("20000");
        if (!timeout.matches("[1-9][0-9]{0,5}") || Integer.parseInt(timeout) > LONGEST_TIMEOUT) {
            throw Refusal.invalid("timeout");
        }
    }

    /** The simulator has no lite accounts. */
    private static boolean findsFullAccounts(Call call) throws Refusal {
        return switch (call.optional("accountTypes").orElse("full")) {
            case "full", "full,lite" -> true;
            case "lite" -> false;
            default -> throw Refusal.invalid("accountTypes");
        };
    }

    private static void requireRange(int start, int limit, boolean opensCursor) throws Refusal {
        if (opensCursor && start > 0) {
            throw SearchTokens.refused("START with a cursor");
        }
        if (limit > MOST_WITH_CURSOR && opensCursor) {
            throw SearchTokens.refused("LIMIT out of range");
        }
        if (!opensCursor && (long) start + limit > MOST_WITHOUT_CURSOR) {
            throw SearchTokens.refused("START and LIMIT out of range");
        }
    }
}
