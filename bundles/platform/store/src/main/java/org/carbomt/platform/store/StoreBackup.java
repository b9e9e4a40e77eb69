package org.carbomt.platform.store;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.carbomt.api.backup.Backed;

/** A copy of the database as of one moment: Derby's own online backup, or {@code pg_dump} in its custom format. */
record StoreBackup(HikariDataSource pool, String name, Path folder, Optional<Server> server) implements Backed {
    private static final int MOST_MINUTES = 60;

    /** A PostgreSQL server as its programs are told of it. @param address {@code postgresql://host:port/name} */
    record Server(String address, String user, String password) {}

    @Override
    public boolean copy(Path into) throws IOException {
        if (server.isPresent()) dump(server.get(), into.resolve("carbomt.dump"));
        else derby(into);
        return true;
    }

    private void derby(Path into) throws IOException {
        var made = into.resolveSibling(name + ".made");
        try (var connection = pool.getConnection(); var call = connection.prepareCall("call syscs_util.syscs_backup_database(?)")) {
            connection.setAutoCommit(true);
            call.setString(1, made.toString());
            call.execute();
        } catch (SQLException e) {
            throw new IOException("Derby's backup: " + e.getMessage(), e);
        }
        try (var list = Files.list(made)) {
            Files.delete(into);
            Files.move(list.findFirst().orElseThrow(() -> new IOException("Derby's backup made nothing")), into);
        }
        Files.delete(made);
    }

    private static void dump(Server server, Path file) throws IOException {
        var builder = new ProcessBuilder(program("pg_dump"), "--format=custom", "--no-owner", "--no-password", "--username=" + server.user, "--file=" + file, "--dbname=" + server.address);
        builder.environment().put("PGPASSWORD", server.password);
        var process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
        try {
            if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException("pg_dump took more than " + MOST_MINUTES + " minutes");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("pg_dump was interrupted", e);
        }
        if (process.exitValue() != 0) throw new IOException("pg_dump ended with " + process.exitValue() + ": " + said);
    }

    /** On the path, or the newest of Debian's. */
    private static String program(String name) throws IOException {
        var folders = new ArrayList<>(Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).filter(p -> !p.isEmpty()).map(Path::of).toList());
        var debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (var versions = Files.list(debian)) {
                List<Path> newestFirst = versions.sorted(Comparator.<Path>naturalOrder().reversed()).map(v -> v.resolve("bin")).toList();
                folders.addAll(0, newestFirst);
            }
        }
        return folders.stream().map(f -> f.resolve(name)).filter(Files::isExecutable).findFirst().map(Path::toString).orElseThrow(() -> new IOException(name + " is not installed (Debian: postgresql-client)"));
    }
}
