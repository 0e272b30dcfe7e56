package io.github.keycloakgigya.bench;

import io.github.keycloakgigya.it.PostgresServer;
import io.github.keycloakgigya.server.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The statements that a PostgreSQL server ran, from its own log. It costs time, so it is on only between opening and
 * closing.
 *
 * <p>A statement of a batch counts once a row. What only begins or ends a transaction does not count.
 */
final class StatementLog implements AutoCloseable {

    private final Database server;
    private final Path file;

    private StatementLog(Database server, Path file) {
        this.server = server;
        this.file = file;
        server.execute("alter system set log_line_prefix = '%d|'");
        server.execute("alter system set log_statement = 'all'");
        reload();
    }

    /** {@return the server's log of statements, which is off but while it is asked} */
    static StatementLog of(PostgresServer server) {
        return new StatementLog(server.connect("postgres"), server.log());
    }

    /** {@return how many statements ran in a database while this work was done} */
    long during(String database, Runnable work) {
        try {
            var start = Files.size(file);
            work.run();
            try (var log = Files.newInputStream(file)) {
                log.skipNBytes(start);
                var written = new String(log.readAllBytes(), StandardCharsets.UTF_8);
                return statement(database).matcher(written).results().count();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Pattern statement(String database) {
        return Pattern.compile(
                "^" + Pattern.quote(database)
                        + "\\|LOG:  (?:statement|execute [^:]+): (?!BEGIN|COMMIT|ROLLBACK|SET|SHOW)",
                Pattern.MULTILINE);
    }

    private void reload() {
        // Each connection notices before its next statement.
        server.execute("select pg_reload_conf()");
    }

    @Override
    public void close() {
        server.execute("alter system reset log_statement");
        server.execute("alter system reset log_line_prefix");
        reload();
        server.close();
    }
}
