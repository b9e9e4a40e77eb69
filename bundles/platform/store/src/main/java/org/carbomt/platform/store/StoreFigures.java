package org.carbomt.platform.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.carbomt.api.telemetry.HealthCheck;
import org.carbomt.api.telemetry.Measured;
import org.carbomt.api.telemetry.Metric;

/** What the store tells about itself. */
record StoreFigures(HikariDataSource pool) implements Measured, HealthCheck {
    private static final int PING_SECONDS = 3;

    @Override
    public List<Metric> metrics() {
        var now = pool.getHikariPoolMXBean();
        return List.of(Metric.gauge("carbomt_store_connections", "Connections to the database.", now.getActiveConnections(), "state", "active"),
                Metric.gauge("carbomt_store_connections", "Connections to the database.", now.getIdleConnections(), "state", "idle"),
                Metric.gauge("carbomt_store_connections_most", "Connections the pool may have.", pool.getMaximumPoolSize()),
                Metric.gauge("carbomt_store_waiting", "Threads that wait for a connection.", now.getThreadsAwaitingConnection()));
    }

    @Override
    public String name() {
        return "store";
    }

    /** A pool that is busy to the last connection is well: a ping of its own would only add to the queue. */
    @Override
    public Optional<String> problem() {
        if (pool.getHikariPoolMXBean().getActiveConnections() >= pool.getMaximumPoolSize()) return Optional.empty();
        try (var connection = pool.getConnection()) {
            return connection.isValid(PING_SECONDS) ? Optional.empty() : Optional.of("the database does not answer");
        } catch (SQLException e) {
            return Optional.of("the database does not answer");
        }
    }
}
