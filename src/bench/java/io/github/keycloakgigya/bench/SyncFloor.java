package io.github.keycloakgigya.bench;

import io.github.keycloakgigya.server.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * The rows that a full sync wrote, written once more by plain JDBC: into the same tables with the same indexes, as many
 * users in a transaction. Nothing is asked, parsed, looked up or compared.
 */
final class SyncFloor {

    /** The users of one transaction of a full sync. */
    private static final int USERS = 500;

    private final Database database;
    private final List<String> users = new ArrayList<>();
    private final List<SyncedRows> tables;

    private SyncFloor(Database database, List<SyncedRows> tables) {
        this.database = database;
        this.tables = tables;
    }

    /**
     * How the rows are written.
     *
     * @param title for tables
     * @param connections at the same time
     * @param rewritten whether the driver makes one statement of many rows, for which Keycloak's connections are not set
     */
    record Way(String title, int connections, boolean rewritten) {}

    /** Reads into memory what a sync wrote, in the order in which it did. */
    static SyncFloor of(Database database) {
        var floor = new SyncFloor(
                database,
                List.of(
                        SyncedRows.read(database, "user_entity", "id"),
                        SyncedRows.read(database, "user_attribute", "user_id"),
                        SyncedRows.read(database, "user_role_mapping", "user_id")));
        database.read(
                "select id from user_entity where federation_link is not null order by ctid",
                row -> floor.users.add(row.getString(1)));
        return floor;
    }

    /** Empties the tables and writes the rows. Keycloak's administrator is gone then. */
    SyncRun write(Way way) {
        database.execute("truncate user_entity cascade");
        database.execute("checkpoint");
        var share = (users.size() + way.connections() - 1) / way.connections();
        var connections = IntStream.range(0, way.connections())
                .mapToObj(number -> way.rewritten() ? database.againRewriting() : database.again())
                .toList();
        var start = System.nanoTime();
        IntStream.range(0, way.connections())
                .mapToObj(number -> CompletableFuture.runAsync(() -> connections
                        .get(number)
                        .work(connection -> write(
                                connection,
                                users.subList(
                                        Math.min(users.size(), number * share),
                                        Math.min(users.size(), (number + 1) * share))))))
                .toList()
                .forEach(CompletableFuture::join);
        var run = new SyncRun(users.size(), Duration.ofNanos(System.nanoTime() - start));
        connections.forEach(Database::close);
        return run;
    }

    private void write(Connection connection, List<String> all) throws SQLException {
        connection.setAutoCommit(false);
        for (int from = 0; from < all.size(); from += USERS) {
            var some = all.subList(from, Math.min(from + USERS, all.size()));
            for (SyncedRows table : tables) {
                try (var batch = connection.prepareStatement(table.insertion())) {
                    for (String user : some) {
                        table.addTo(batch, user);
                    }
                    batch.executeBatch();
                }
            }
            connection.commit();
        }
    }
}
