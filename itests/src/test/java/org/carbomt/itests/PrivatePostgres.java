package org.carbomt.itests;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL of Debian's, on a free loopback port, with a password. */
final class PrivatePostgres implements AutoCloseable {
    private final Path work;
    private final Path bin;
    private final List<String> as = new ArrayList<>();
    private final String password = UUID.randomUUID().toString();
    private final int port;
    private final Process process;

    PrivatePostgres() throws IOException {
        bin = programs();
        work = Files.createTempDirectory("carbomt-postgres");
        var secret = work.resolve("password");
        Files.writeString(secret, password);
        if (System.getProperty("user.name").equals("root")) { // PostgreSQL refuses to run as root
            Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
            Container.shell(List.of("chown", "-R", "postgres", work.toString()), 10);
            as.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        Container.shell(command("initdb", "-D", work + "/data", "-A", "scram-sha-256", "-U", "carbomt", "--pwfile", secret.toString()), 60);
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        process = new ProcessBuilder(command("postgres", "-D", work + "/data", "-p", "" + port, "-k", work.toString(), "-c", "listen_addresses=127.0.0.1")).redirectErrorStream(true).redirectOutput(work.resolve("log").toFile()).start();
        Container.await("PostgreSQL", 30, () -> ready(), r -> r);
    }

    private static Path programs() throws IOException {
        try (var versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(v -> v.resolve("bin")).filter(b -> Files.isExecutable(b.resolve("initdb"))).max(Comparator.naturalOrder()).orElseThrow(() -> new IOException("no PostgreSQL below /usr/lib/postgresql: apt-get install postgresql"));
        }
    }

    private List<String> command(String program, String... arguments) {
        var all = new ArrayList<>(as);
        all.add(bin.resolve(program).toString());
        all.addAll(List.of(arguments));
        return all;
    }

    private boolean ready() {
        try {
            return new ProcessBuilder(bin.resolve("pg_isready").toString(), "-q", "-h", "127.0.0.1", "-p", "" + port).start().waitFor() == 0;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    String password() {
        return password;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
        try (var files = Files.walk(work)) {
            for (var f : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(f);
        }
    }
}
