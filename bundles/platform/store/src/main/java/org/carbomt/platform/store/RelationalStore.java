package org.carbomt.platform.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.store.Database;
import org.carbomt.api.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store on one JDBC address. Thread safe; to be closed. */
public final class RelationalStore implements Store, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RelationalStore.class);
    private static final int ATTEMPTS = 5;
    /** Serialisation failure, deadlock: of PostgreSQL, and of Derby (40001, 40XL1 lock time-out, 40XL2). */
    private static final Set<String> TRANSIENT = Set.of("40001", "40P01", "40XL1", "40XL2");
    private final HikariDataSource pool;
    private final String url;
    private final String engine;
    private Runnable afterwards = () -> {};

    private RelationalStore(String url, String user, String password, int poolSize) {
        this.url = url;
        this.engine = url.startsWith("jdbc:postgresql:") ? "postgresql" : "derby";
        loadDriver();
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        if (!user.isEmpty()) config.setUsername(user);
        if (!password.isEmpty()) config.setPassword(password);
        config.setMaximumPoolSize(poolSize);
        config.setMinimumIdle(1);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
        config.setConnectionTimeout(10_000);
        config.setPoolName("carbomt-" + engine);
        var loader = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(RelationalStore.class.getClassLoader());
        try {
            pool = new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw new CarboException.Unavailable(new Problem("store.unreachable", "url", withoutSecrets(url), "a running " + engine + " database: " + rootMessage(e)), e);
        } finally {
            Thread.currentThread().setContextClassLoader(loader);
        }
    }

    /** @param url {@code jdbc:derby:…} or {@code jdbc:postgresql://…} */
    public static RelationalStore open(String url, String user, String password) {
        return new RelationalStore(url, user, password, 8);
    }

    static RelationalStore open(String url, String user, String password, int poolSize) {
        return new RelationalStore(url, user, password, poolSize);
    }

    /** A store in memory, for tests. Closing drops it. */
    public static RelationalStore derbyInMemory(String name) {
        if (System.getProperty("derby.stream.error.field") == null && System.getProperty("derby.stream.error.file") == null) System.setProperty("derby.stream.error.field", "java.lang.System.err");
        return open("jdbc:derby:memory:" + name + ";create=true", "", "");
    }

    /**
     * A store of its own for one test: Derby in memory, or a fresh database of the PostgreSQL server that the system property {@code carbomt.test.postgres} names
     * ({@code jdbc:postgresql://host:port/postgres?user=…}), so that every statement that is tested is tested on both. Closing drops it.
     */
    public static RelationalStore forTest(String name) {
        var server = System.getProperty("carbomt.test.postgres", "");
        if (server.isEmpty()) return derbyInMemory(name);
        var database = "t" + Long.toHexString(System.nanoTime()) + "_" + name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        if (database.length() > 60) database = database.substring(0, 60);
        administer(server, "create database " + database);
        var store = open(server.replaceFirst("/[^/?]*(?=\\?|$)", "/" + database), "", "");
        var made = database;
        store.afterwards = () -> administer(server, "drop database " + made);
        return store;
    }

    private static void administer(String server, String statement) {
        try (var connection = DriverManager.getConnection(server); var s = connection.createStatement()) {
            s.execute(statement);
        } catch (SQLException e) {
            throw new CarboException.Unavailable(new Problem("store.failed", "statement", statement, "a server that carries it out: " + e.getMessage()), e);
        }
    }

    @Override
    public Database open(String owner, ClassLoader loader, String changeLog) {
        try {
            Migration.apply(pool, engine, owner, loader, changeLog);
        } catch (Exception e) {
            throw new CarboException.Unavailable(new Problem("store.migration", "changeLog", owner + " " + changeLog, "a change log that applies: " + rootMessage(e)), e);
        }
        return new Pooled();
    }

    /** @param folder of Derby's files */
    StoreBackup backup(Path folder, String user, String password) {
        var server = engine.equals("postgresql") ? Optional.of(new StoreBackup.Server(url.substring("jdbc:".length()), user, password)) : Optional.<StoreBackup.Server>empty();
        return new StoreBackup(pool, engine, folder, server);
    }

    StoreFigures figures() {
        return new StoreFigures(pool);
    }

    @Override
    public void close() {
        pool.close();
        afterwards.run();
        if (!engine.equals("derby")) return;
        var base = url.replaceAll(";.*", "");
        try {
            DriverManager.getConnection(base + (base.startsWith("jdbc:derby:memory:") ? ";drop=true" : ";shutdown=true")).close();
        } catch (SQLException e) {
            // 08006 is how Derby says that it has shut the database down
            if (!"08006".equals(e.getSQLState())) LOG.warn("Derby did not shut down cleanly: {}", e.getMessage());
        }
    }

    private void loadDriver() {
        try {
            Class.forName(engine.equals("derby") ? "org.apache.derby.iapi.jdbc.AutoloadedDriver" : "org.postgresql.Driver", true, RelationalStore.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the bundle lacks its " + engine + " driver", e);
        }
    }

    static String withoutSecrets(String url) {
        return url.replaceAll("(?i)(password=)[^;&]*", "$1…");
    }

    static String rootMessage(Throwable e) {
        var cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) cause = cause.getCause();
        return String.valueOf(cause.getMessage());
    }

    private final class Pooled implements Database {
        @Override
        public <T> T transact(Work<T> work) {
            for (int attempt = 1;; attempt++) {
                try (var connection = pool.getConnection()) {
                    try {
                        T result = work.with(connection);
                        connection.commit();
                        return result;
                    } catch (SQLException | RuntimeException e) {
                        rollback(connection, e);
                        throw e;
                    }
                } catch (SQLException e) {
                    if (attempt == ATTEMPTS || e.getSQLState() == null || !TRANSIENT.contains(e.getSQLState())) {
                        throw new CarboException.Unavailable(new Problem("store.failed", "sqlState", String.valueOf(e.getSQLState()), "a statement the database accepts: " + e.getMessage()), e);
                    }
                    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000L << attempt * 2);
                }
            }
        }

        @Override
        public <T> T read(Work<T> work) {
            return transact(work);
        }

        @Override
        public String engine() {
            return engine;
        }

        private void rollback(Connection connection, Exception cause) {
            try {
                connection.rollback();
            } catch (SQLException e) {
                cause.addSuppressed(e);
            }
        }
    }
}
