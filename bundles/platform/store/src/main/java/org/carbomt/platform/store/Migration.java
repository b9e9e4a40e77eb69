package org.carbomt.platform.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.database.DatabaseFactory;
import liquibase.database.core.DerbyDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.lockservice.LockServiceFactory;
import liquibase.logging.core.NoOpLogService;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.carbomt.api.canonical.Hash;

/**
 * Brings an owner's tables up to date with Liquibase. What was applied is remembered by the change log's hash in {@code platform_store_applied}, so
 * that an unchanged one costs a single look-up at start. A lock of Liquibase's left behind by a killed container is released: the container is the only
 * migrator of an embedded database, and of a PostgreSQL one it has made sure of that by an advisory lock, which ends with the session that holds it.
 */
final class Migration {
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();
    /** Any number, as long as nobody else takes it: the ASCII codes of "carbomt". */
    private static final long ADVISORY_LOCK = 0x636172626f6d74L;

    private Migration() {}

    static void apply(DataSource pool, String engine, String owner, ClassLoader loader, String changeLog) throws Exception {
        var hash = hash(loader, changeLog);
        ONE_AT_A_TIME.lock();
        try (var connection = pool.getConnection()) {
            if (applied(connection, owner, hash)) return;
            var own = Thread.currentThread().getContextClassLoader();
            Thread.currentThread().setContextClassLoader(Migration.class.getClassLoader());
            if (engine.equals("postgresql")) advisory(connection, "pg_advisory_lock");
            try {
                Scope.child(Map.of("liquibase.analytics.enabled", "false", Scope.Attr.logService.name(), new NoOpLogService(), Scope.Attr.ui.name(), new LoggerUIService()),
                        () -> update(connection, loader, changeLog));
                remember(connection, owner, hash);
                connection.commit();
            } finally {
                Thread.currentThread().setContextClassLoader(own);
                if (engine.equals("postgresql")) {
                    connection.rollback();
                    advisory(connection, "pg_advisory_unlock");
                }
            }
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private static void update(Connection connection, ClassLoader loader, String changeLog) throws Exception {
        var database = DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
        if (database instanceof DerbyDatabase derby) derby.setShutdownEmbeddedDerby(false);
        LockServiceFactory.getInstance().getLockService(database).forceReleaseLock();
        // not closed: that would close the pooled connection (and, of Derby, the engine)
        var liquibase = new Liquibase(changeLog, new ClassLoaderResourceAccessor(loader), database);
        liquibase.setShowSummary(UpdateSummaryEnum.OFF);
        liquibase.update(new Contexts(), new LabelExpression());
    }

    /** Waits at most a minute: whoever holds it is migrating. */
    private static void advisory(Connection connection, String function) throws SQLException {
        try (var s = connection.createStatement()) {
            s.execute("set local lock_timeout = '60s'");
            s.execute("select " + function + "(" + ADVISORY_LOCK + ")");
        }
        connection.commit();
    }

    private static Hash hash(ClassLoader loader, String changeLog) throws IOException {
        try (var in = loader.getResourceAsStream(changeLog)) {
            if (in == null) throw new IOException("change log " + changeLog + " is not on the owner's class path");
            return Hash.sha256(in.readAllBytes());
        }
    }

    private static boolean applied(Connection connection, String owner, Hash hash) throws SQLException {
        try (var tables = connection.getMetaData().getTables(null, null, connection.getMetaData().storesUpperCaseIdentifiers() ? "PLATFORM_STORE_APPLIED" : "platform_store_applied", null)) {
            if (!tables.next()) {
                try (var s = connection.createStatement()) {
                    s.execute("create table platform_store_applied (owner varchar(200) not null primary key, hash varchar(64) not null)");
                }
                connection.commit();
                return false;
            }
        }
        try (var s = connection.prepareStatement("select hash from platform_store_applied where owner = ?")) {
            s.setString(1, owner);
            try (var r = s.executeQuery()) {
                boolean same = r.next() && r.getString(1).equals(hash.hex());
                connection.rollback();
                return same;
            }
        }
    }

    private static void remember(Connection connection, String owner, Hash hash) throws SQLException {
        connection.setAutoCommit(false);
        try (var s = connection.prepareStatement("update platform_store_applied set hash = ? where owner = ?")) {
            s.setString(1, hash.hex());
            s.setString(2, owner);
            if (s.executeUpdate() == 1) return;
        }
        try (var s = connection.prepareStatement("insert into platform_store_applied (owner, hash) values (?, ?)")) {
            s.setString(1, owner);
            s.setString(2, hash.hex());
            s.executeUpdate();
        }
    }
}
