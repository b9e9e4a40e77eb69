package org.carbomt.tool.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.carbomt.tool.Failure;
import org.carbomt.tool.Streams;

/** Loads the dump of a backup into the database that the restored settings name, in one transaction. */
record PostgresRestore(Path home, Streams io) {
    private static final String STORE = "org.carbomt.platform.store";

    void run(Path dump) throws IOException {
        var url = RestoreCommand.setting(home, STORE, "url").replaceFirst("^jdbc:", "");
        var user = RestoreCommand.setting(home, STORE, "user");
        var passwordFile = RestoreCommand.setting(home, STORE, "passwordFile").replace("${karaf.etc}", home.resolve("etc").toString());
        var command = List.of(program(), "--clean", "--if-exists", "--no-owner", "--no-password", "--single-transaction", "--username=" + user, "--dbname=" + url, dump.toString());
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        if (!passwordFile.isEmpty()) builder.environment().put("PGPASSWORD", Files.readString(Path.of(passwordFile)).strip());
        var process = builder.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (process.waitFor() != 0) throw Failure.refused("the database was not restored: " + said + "\nIts dump is kept; once the database is there: PGPASSWORD=… " + String.join(" ", command));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("pg_restore was interrupted", e);
        }
        Files.delete(dump);
        Files.delete(dump.getParent());
        io.out().println("The database " + url + " is restored.");
    }

    private static String program() throws IOException {
        var folders = new ArrayList<>(Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).filter(p -> !p.isEmpty()).map(Path::of).toList());
        var debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (var versions = Files.list(debian)) {
                folders.addAll(0, versions.sorted(Comparator.<Path>naturalOrder().reversed()).map(v -> v.resolve("bin")).toList());
            }
        }
        return folders.stream().map(f -> f.resolve("pg_restore")).filter(Files::isExecutable).findFirst().map(Path::toString).orElse("pg_restore");
    }
}
