package io.github.keycloakgigya.sync.bulk;

import jakarta.persistence.EntityManager;
import org.hibernate.Session;

/**
 * Has PostgreSQL plan the queries of a transaction for the values that they come with. The plan that it keeps for any
 * values, made while a first sync has hardly begun, reads all users of the realm for every batch, and compares each with
 * all names of the batch in turn: 200 ms a batch at 10,000 users, and growing.
 */
final class JpaQueryPlans {

    private static final String POSTGRESQL = "PostgreSQL";

    private JpaQueryPlans() {}

    static void forValues(EntityManager entities) {
        var session = entities.unwrap(Session.class);
        var product =
                session.doReturningWork(connection -> connection.getMetaData().getDatabaseProductName());
        if (POSTGRESQL.equals(product)) {
            session.doWork(connection -> {
                try (var statement = connection.createStatement()) {
                    // Since PostgreSQL 12; ends with the transaction.
                    statement.execute("set local plan_cache_mode = force_custom_plan");
                }
            });
        }
    }
}
