package io.github.keycloakgigya.bench;

import io.github.keycloakgigya.server.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rows of one table that a full sync wrote, by their user, and the statement that writes such a row. */
final class SyncedRows {

    private final String table;
    private final List<String> columns = new ArrayList<>();
    private final List<Integer> types = new ArrayList<>();
    private final Map<String, List<Object[]>> ofUser = new HashMap<>();

    private SyncedRows(String table) {
        this.table = table;
    }

    /**
     * Reads a table into memory.
     *
     * @param userColumn names the user that a row belongs to
     */
    static SyncedRows read(Database database, String table, String userColumn) {
        var rows = new SyncedRows(table);
        database.read("select * from " + table + " order by ctid", found -> rows.add(found, userColumn));
        return rows;
    }

    private void add(ResultSet found, String userColumn) throws SQLException {
        var description = found.getMetaData();
        for (int i = columns.size(); i < description.getColumnCount(); i++) {
            columns.add(description.getColumnName(i + 1));
            types.add(description.getColumnType(i + 1));
        }
        var row = new Object[columns.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = found.getObject(i + 1);
        }
        ofUser.computeIfAbsent(found.getString(userColumn), user -> new ArrayList<>())
                .add(row);
    }

    String insertion() {
        return "insert into " + table + " (" + String.join(", ", columns) + ") values ("
                + IntStream.range(0, columns.size()).mapToObj(column -> "?").collect(Collectors.joining(", ")) + ")";
    }

    /** Adds the rows of a user to a batch. */
    void addTo(PreparedStatement batch, String user) throws SQLException {
        for (Object[] row : ofUser.getOrDefault(user, List.of())) {
            for (int i = 0; i < row.length; i++) {
                if (row[i] == null) {
                    batch.setNull(i + 1, types.get(i));
                } else {
                    batch.setObject(i + 1, row[i], types.get(i));
                }
            }
            batch.addBatch();
        }
    }

    long count() {
        return ofUser.values().stream().mapToLong(List::size).sum();
    }
}
