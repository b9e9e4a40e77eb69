package org.carbomt.tool.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.carbomt.tool.Command;
import org.carbomt.tool.Exit;
import org.carbomt.tool.Failure;
import org.carbomt.tool.Streams;
import picocli.CommandLine;

/** {@code carbomt restore}: puts a backup into a container that does not run. What was there is moved aside, never deleted. */
@CommandLine.Command(name = "restore", description = "Puts a backup into a container of the same version that does not run; what was there is moved aside. Every byte is compared with the archive's list before anything is touched.")
public final class RestoreCommand extends Command {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    @CommandLine.Parameters(paramLabel = "FILE", description = "An archive that 'carbomt backup' wrote.")
    private Path file;

    @CommandLine.Option(names = "--home", paramLabel = "FOLDER", description = "The container's folder; this program's own if not given.", defaultValue = "${sys:carbomt.home}")
    private Path home;

    @CommandLine.Option(names = "--check", description = "Only compares the archive with its list.")
    private boolean check;

    @CommandLine.Option(names = "--replace", description = "Moves aside the data that is there.")
    private boolean replace;

    public RestoreCommand(Streams io) {
        super(io);
    }

    @Override
    public Integer call() {
        try (var archive = new BackupArchive(file)) {
            if (check) {
                io.out().println(file + ": whole, " + archive.unpack(null) + " files, written " + archive.at() + " by version " + archive.version());
                return Exit.OK;
            }
            if (home == null || !Files.isRegularFile(home.resolve("bin/carbomt"))) throw Failure.usage("--home = " + home + ", expected the folder of a container (it has bin/carbomt)");
            if (!archive.version().equals(Version.text())) throw Failure.refused(file + ": written by version " + archive.version() + ", this is " + Version.text() + "; restore it with " + archive.version() + ", then update");
            if (runs()) throw Failure.refused("the container in " + home + " runs; stop it first: bin/carbomt stop");
            restore(archive);
            return Exit.OK;
        } catch (IOException e) {
            throw Failure.unreadable(home.toString(), e);
        }
    }

    private boolean runs() throws IOException {
        try {
            var pid = Files.readString(home.resolve("karaf.pid")).strip();
            return pid.matches("[0-9]{1,10}") && ProcessHandle.of(Long.parseLong(pid)).flatMap(p -> p.info().commandLine()).filter(c -> c.contains("karaf")).isPresent();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void restore(BackupArchive archive) throws IOException {
        var fresh = home.resolve("data/restoring");
        delete(fresh);
        for (var place : places(archive)) if (!replace && holdsSomething(place)) throw Failure.refused(place + " holds data; --replace moves it aside");
        try {
            int files = archive.unpack(fresh);
            var stamp = ".before-" + STAMP.format(Instant.now());
            for (var external : archive.folders().entrySet()) {
                var from = fresh.resolve("data").resolve(external.getKey());
                if (Files.isDirectory(from) && !external.getKey().equals("postgresql")) take(from, external.getValue(), stamp);
            }
            take(fresh.resolve("data"), home.resolve("data/carbomt"), stamp);
            for (var name : List.of("etc", "camel-routes", "hardware-profiles")) if (Files.isDirectory(fresh.resolve(name))) take(fresh.resolve(name), home.resolve(name), stamp);
            delete(home.resolve("data/cache"));
            io.out().println(files + " files restored, as of " + archive.at() + "; what was there is kept beside it as *" + stamp);
        } finally {
            delete(fresh);
        }
        var dump = home.resolve("data/carbomt/postgresql/carbomt.dump");
        if (Files.exists(dump)) new PostgresRestore(home, io).run(dump);
        io.out().println("Start it: " + home.resolve("bin/carbomt") + " start");
    }

    private List<Path> places(BackupArchive archive) {
        var places = new ArrayList<>(archive.folders().values());
        places.add(home.resolve("data/carbomt"));
        return places;
    }

    private static boolean holdsSomething(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return false;
        try (var list = Files.list(folder)) {
            return list.findAny().isPresent();
        }
    }

    /** Puts a folder in the place of another, which gets a name of its own. */
    private static void take(Path from, Path to, String stamp) throws IOException {
        if (Files.exists(to)) Files.move(to, to.resolveSibling(to.getFileName() + stamp), StandardCopyOption.ATOMIC_MOVE);
        Files.createDirectories(to.toAbsolutePath().getParent());
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (java.nio.file.AtomicMoveNotSupportedException otherDisk) {
            try (var walk = Files.walk(from)) {
                for (var path : walk.toList()) Files.copy(path, to.resolve(from.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (var walk = Files.walk(folder)) {
            for (var path : walk.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }

    /** A value of {@code etc/PID.cfg}. */
    static String setting(Path home, String pid, String key) throws IOException {
        var file = home.resolve("etc/" + pid + ".cfg");
        if (!Files.exists(file)) return "";
        return Files.readAllLines(file, StandardCharsets.UTF_8).stream().map(String::strip).filter(l -> l.matches(key + "\\s*=.*")).map(l -> l.substring(l.indexOf('=') + 1).strip()).reduce((a, b) -> b).orElse("");
    }
}
