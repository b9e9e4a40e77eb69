package org.carbomt.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/** A PostgreSQL cluster of its own, with the settings of ../shared/peers/database: fsync and synchronous_commit on. Rows are keyed by device and time, as ours are. */
final class Postgres implements AutoCloseable {
    private final Process process;
    private final String url;

    Postgres(Path work) throws IOException {
        var bin = program().getParent();
        int port = Processes.freePorts(1).get(0);
        var data = work.resolve("postgres");
        Files.createDirectories(data); // below a folder that the user postgres may pass through
        var as = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) { // PostgreSQL refuses to run as root
            Processes.run(List.of("chown", "postgres", data.toString()), work.resolve("chown.log"), 10);
            as.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        Processes.run(with(as, bin.resolve("initdb").toString(), "-D", data + "/cluster", "-A", "trust", "-U", "bench"), work.resolve("initdb.log"), 60);
        process = Processes.begin(with(as, bin.resolve("postgres").toString(), "-D", data + "/cluster", "-p", "" + port, "-k", data.toString(), "-c", "listen_addresses=127.0.0.1",
                "-c", "shared_buffers=512MB", "-c", "max_wal_size=4GB", "-c", "fsync=on", "-c", "synchronous_commit=on"), data, work.resolve("postgres.log"));
        url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=bench";
        Processes.awaitPort(port, 30);
        try (var c = connect(); var s = c.createStatement()) {
            s.execute("create table reading (device int not null, time bigint not null, co2 double precision not null, flow double precision not null, primary key (device, time))");
        } catch (SQLException e) {
            throw new IOException("the table of readings", e);
        }
    }

    private static List<String> with(List<String> before, String... command) {
        var all = new ArrayList<>(before);
        all.addAll(List.of(command));
        return all;
    }

    static Path program() throws IOException {
        try (var versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(v -> v.resolve("bin/postgres")).filter(Files::isExecutable).max(Comparator.naturalOrder()).orElseThrow(() -> new IOException("no PostgreSQL below /usr/lib/postgresql"));
        }
    }

    /** It may listen a moment before it takes connections. */
    private Connection connect() throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try {
                return DriverManager.getConnection(url);
            } catch (SQLException e) {
                if (System.nanoTime() > end) throw e;
                java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
            }
        }
    }

    /** COPY, one statement and one commit a batch, each sender on a connection of its own. @return seconds until the last commit */
    double copy(List<List<byte[]>> senders) throws SQLException, ExecutionException, InterruptedException {
        var pool = Executors.newFixedThreadPool(senders.size());
        var connections = new ArrayList<Connection>();
        try {
            for (int i = 0; i < senders.size(); i++) {
                connections.add(connect());
                connections.get(i).setAutoCommit(false);
            }
            long start = System.nanoTime();
            var tasks = new ArrayList<Future<?>>();
            for (int i = 0; i < senders.size(); i++) {
                var connection = connections.get(i);
                var batches = senders.get(i);
                tasks.add(pool.submit(() -> {
                    var copy = new CopyManager(connection.unwrap(BaseConnection.class));
                    for (var batch : batches) {
                        copy.copyIn("copy reading from stdin", new ByteArrayInputStream(batch), 1 << 16);
                        connection.commit();
                    }
                    return null;
                }));
            }
            for (var task : tasks) task.get();
            return (System.nanoTime() - start) / 1e9;
        } finally {
            for (var connection : connections) connection.close();
            pool.shutdownNow();
        }
    }

    @Override
    public void close() {
        Processes.end(process);
    }
}
