package io.github.keycloakgigya.sync.bulk;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;

/** Tells a database that is gone from an account that it refuses. */
public final class LostDatabase {

    private LostDatabase() {}

    /** {@return whether a failure is one of a database that is gone} */
    public static boolean isCauseOf(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(50)
                .anyMatch(LostDatabase::isLoss);
    }

    private static boolean isLoss(Throwable cause) {
        return cause instanceof SQLTransientConnectionException
                || cause instanceof SQLRecoverableException
                || (cause instanceof SQLException sql && isLoss(sql.getSQLState()));
    }

    // Class 08 is a failed connection; 57P is PostgreSQL while it stops or starts.
    private static boolean isLoss(String state) {
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }
}
