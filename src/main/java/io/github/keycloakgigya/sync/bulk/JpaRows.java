package io.github.keycloakgigya.sync.bulk;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.EntityType;
import org.hibernate.type.Type;

/**
 * Adds rows to the table of an entity, many with one statement where the database can. Hibernate takes a statement for
 * each row, and PostgreSQL works longer on a hundred statements than on one with a hundred rows.
 */
final class JpaRows {

    // A statement of all sizes would have to be prepared for each.
    private static final int ROWS_AT_ONCE = 100;

    private final EntityManager entities;
    private final SharedSessionContractImplementor session;
    private final EntityPersister table;
    private final List<Column> columns = new ArrayList<>();

    /**
     * A column of the table.
     *
     * @param name in the database
     * @param type of its values
     * @param value of an entity
     */
    private record Column(String name, Type type, UnaryOperator<Object> value) {}

    /** @param entity has one column as its id */
    JpaRows(EntityManager entities, Class<?> entity) {
        this.entities = entities;
        this.session = entities.unwrap(SharedSessionContractImplementor.class);
        this.table = session.getFactory().getMappingMetamodel().getEntityDescriptor(entity);
        columns.add(new Column(table.getIdentifierColumnNames()[0], table.getIdentifierType(), idOf(table)));
        for (var i = 0; i < table.getPropertyNames().length; i++) {
            add(i, table.getPropertyTypes()[i]);
        }
    }

    private void add(int property, Type type) {
        if (type.isCollectionType()) {
            return;
        }
        UnaryOperator<Object> value = row -> table.getValue(row, property);
        var name = table.getPropertyColumnNames(table.getPropertyNames()[property])[0];
        if (type instanceof EntityType other) {
            var owner = session.getFactory().getMappingMetamodel().getEntityDescriptor(other.getAssociatedEntityName());
            var id = idOf(owner);
            columns.add(new Column(name, owner.getIdentifierType(), row -> id.apply(value.apply(row))));
        } else {
            columns.add(new Column(name, type, value));
        }
    }

    private UnaryOperator<Object> idOf(EntityPersister owner) {
        return row -> owner.getIdentifier(row, session);
    }

    /** Adds a row for each of these entities. Nothing but the row is written, and the session does not know it afterwards. */
    void add(List<?> rows) {
        var atOnce = session.getJdbcServices().getDialect().supportsValuesListForInsert() ? ROWS_AT_ONCE : 1;
        var whole = rows.size() - rows.size() % atOnce;
        entities.unwrap(Session.class).doWork(connection -> {
            insert(connection, rows.subList(0, whole), atOnce);
            insert(connection, rows.subList(whole, rows.size()), 1);
        });
    }

    private void insert(Connection connection, List<?> rows, int atOnce) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(insertionOf(atOnce))) {
            for (var from = 0; from < rows.size(); from += atOnce) {
                var parameter = 1;
                for (var row : rows.subList(from, from + atOnce)) {
                    bind(row, statement, parameter);
                    parameter += columns.size();
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private void bind(Object row, PreparedStatement statement, int first) throws SQLException {
        var parameter = first;
        for (var column : columns) {
            column.type().nullSafeSet(statement, column.value().apply(row), parameter, session);
            parameter++;
        }
    }

    private String insertionOf(int rows) {
        var names = columns.stream().map(Column::name).collect(Collectors.joining(","));
        var row = columns.stream().map(column -> "?").collect(Collectors.joining(",", "(", ")"));
        return "insert into " + table.getTableName() + " (" + names + ") values " + (row + ",").repeat(rows - 1) + row;
    }
}
