package io.github.keycloakgigya.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A database of one Keycloak server, seen from outside. Not thread-safe; {@link #again} is for another thread. */
public final class Database implements AutoCloseable {

    private final String url;
    private final String user;
    private final String password;
    private final Connection connection;

    private Database(String url, String user, String password, Connection connection) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.connection = connection;
    }

    public static Database connect(String url, String user, String password) {
        try {
            return new Database(url, user, password, DriverManager.getConnection(url, user, password));
        } catch (SQLException e) {
            throw new IllegalStateException("No connection to " + url, e);
        }
    }

    /** {@return another connection to the same database} */
    public Database again() {
        return connect(url, user, password);
    }

    /** {@return another connection, whose driver makes of a batch of insertions one statement with many rows} */
    public Database againRewriting() {
        return connect(url + "?reWriteBatchedInserts=true", user, password);
    }

    /** {@return the address, as JDBC takes it} */
    public String url() {
        return url;
    }

    /** {@return who owns it} */
    public String user() {
        return user;
    }

    /** {@return the password of {@link #user}} */
    public String password() {
        return password;
    }

    /** Runs a statement that answers nothing. */
    public void execute(String statement) {
        try (var sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL refused: " + statement, e);
        }
    }

    /** {@return the one number that a query answers} */
    public long number(String query) {
        try (var sql = connection.createStatement();
                var rows = sql.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL refused: " + query, e);
        }
    }

    /** {@return the text in each row that a query answers} */
    public List<String> texts(String query) {
        var texts = new ArrayList<String>();
        read(query, row -> texts.add(row.getString(1)));
        return texts;
    }

    /** Takes the rows of a query. */
    @FunctionalInterface
    public interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    /** Hands over each row that a query answers. */
    public void read(String query, Reader reader) {
        try (var sql = connection.createStatement();
                var rows = sql.executeQuery(query)) {
            while (rows.next()) {
                reader.read(rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL refused: " + query, e);
        }
    }

    /** Works on this connection, by plain JDBC. */
    @FunctionalInterface
    public interface Work {
        void with(Connection connection) throws SQLException;
    }

    /** Works on this connection, by plain JDBC. */
    public void work(Work work) {
        try {
            work.with(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL refused", e);
        }
    }

    /** Refreshes what the planner knows of every table. */
    public void analyze() {
        execute("analyze");
    }

    /** {@return a mark that {@link #rowsWrittenSince} takes} */
    public long mark() {
        return number("select pg_current_xact_id()::text::bigint");
    }

    /** {@return how many rows of a table were added or changed since a mark, in transactions that have ended} */
    public long rowsWrittenSince(long mark, String table) {
        // Each version of a row names the transaction that wrote it.
        return number("select count(*) from " + table + " where xmin::text::bigint > " + mark);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("The connection did not close", e);
        }
    }
}
