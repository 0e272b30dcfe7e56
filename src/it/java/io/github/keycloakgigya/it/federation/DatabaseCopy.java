package io.github.keycloakgigya.it.federation;

import io.github.keycloakgigya.server.KeycloakDistribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The rows of a running server's H2 database, read from a copy of its file, which H2 recovers as after a crash. The
 * newest rows may be missing from it for a second.
 */
final class DatabaseCopy {

    private static final String COLUMNS = """
            SELECT TABLE_NAME, COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS
            WHERE TABLE_SCHEMA = 'PUBLIC' AND DATA_TYPE LIKE 'CHARACTER VARYING%'""";

    private final Path home;

    /** @param home the server's directory */
    DatabaseCopy(Path home) {
        this.home = home;
    }

    /**
     * {@return table and column of each place that holds a text} Left out are events, which tell of the past, and
     * sessions, which Keycloak leaves until they expire, whatever federation their users came from.
     */
    List<String> placesOf(String text) {
        try (var driver = new URLClassLoader(new URL[] {jar().toUri().toURL()})) {
            var directory = Files.createTempDirectory("h2");
            Files.copy(home.resolve("data/h2/keycloakdb.mv.db"), directory.resolve("copy.mv.db"));
            try (var connection = connect(driver, directory.resolve("copy"))) {
                return placesOf(text, connection);
            } finally {
                KeycloakDistribution.deleteTree(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException | ReflectiveOperationException e) {
            throw new AssertionError("The copy of the database can't be read.", e);
        }
    }

    private Path jar() throws IOException {
        try (var jars = Files.newDirectoryStream(home.resolve("lib/lib/main"), "com.h2database.h2-*.jar")) {
            return jars.iterator().next();
        }
    }

    private static Connection connect(ClassLoader h2, Path file) throws SQLException, ReflectiveOperationException {
        var driver =
                (Driver) h2.loadClass("org.h2.Driver").getDeclaredConstructor().newInstance();
        // Keycloak creates it without a name and a password.
        var owner = new Properties();
        owner.put("user", "");
        owner.put("password", "");
        return driver.connect("jdbc:h2:file:" + file + ";NON_KEYWORDS=VALUE", owner);
    }

    private static List<String> placesOf(String text, Connection connection) throws SQLException {
        var places = new ArrayList<String>();
        try (var columns = connection.createStatement().executeQuery(COLUMNS)) {
            while (columns.next()) {
                var table = columns.getString(1);
                var column = columns.getString(2);
                if (!table.matches(".*EVENT_ENTITY|.*_SESSION") && holds(connection, table, column, text)) {
                    places.add(table + "." + column);
                }
            }
        }
        return places;
    }

    private static boolean holds(Connection connection, String table, String column, String text) throws SQLException {
        var query = "SELECT 1 FROM \"" + table + "\" WHERE \"" + column + "\" LIKE ? LIMIT 1";
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, "%" + text + "%");
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }
}
