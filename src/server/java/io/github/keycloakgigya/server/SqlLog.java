package io.github.keycloakgigya.server;

import java.util.List;

/**
 * The SQL statements of a server, from the DEBUG lines of Hibernate's logger {@code org.hibernate.SQL}.
 *
 * <p>Statements of all threads count, those of a timer as well. A statement that Hibernate sends in a batch counts once
 * a row.
 */
public final class SqlLog {

    private static final String CATEGORY = "org.hibernate.SQL";

    private final ServerLog log;

    SqlLog(ServerLog log) {
        this.log = log;
    }

    /** {@return the statements that the server ran while this work was done, in their order} */
    public List<SqlStatement> statementsDuring(Runnable work) {
        long start = log.end();
        work.run();
        return log.entriesSince(start).stream()
                .filter(entry -> entry.category().equals(CATEGORY))
                .map(entry -> SqlStatement.parse(entry.message()))
                .toList();
    }
}
