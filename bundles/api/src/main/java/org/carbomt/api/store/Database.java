package org.carbomt.api.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.osgi.annotation.versioning.ProviderType;

/** Connections to the store, serialisable isolation, never auto-commit. Thread safe. */
@ProviderType
public interface Database {
    /** Runs in a transaction; commits on return, rolls back on any exception; runs again (at most 5 times) when the database reports a serialisation failure or deadlock, so the work must have no other effects. */
    <T> T transact(Work<T> work);

    /** Reads in a transaction of its own. */
    <T> T read(Work<T> work);

    /** {@code derby} or {@code postgresql}. */
    String engine();

    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }
}
