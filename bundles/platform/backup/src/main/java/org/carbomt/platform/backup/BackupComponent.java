package org.carbomt.platform.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.backup.Backed;
import org.carbomt.api.backup.Backups;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One archive of all that the container keeps: what parts offer as {@link Backed}, whatever else lies in the data folder, and {@code etc}, {@code camel-routes},
 * {@code hardware-profiles}. Copies that parts make themselves (the store) come first: the journal, the chain and the market's journal are then at least as new,
 * and what the store does not know of them yet it takes from them after a restore, as after a crash.
 */
@Component(service = Backups.class)
public final class BackupComponent implements Backups {
    private static final Logger LOG = LoggerFactory.getLogger(BackupComponent.class);
    private static final List<String> OF_HOME = List.of("etc", "camel-routes", "hardware-profiles");
    private static final String SCRATCH = "backup.tmp";
    private final ServiceTracker<Backed, Backed> parts;
    private final Clock clock;
    private final Path home;
    private final Path etc;
    private final Path data;
    private final String version;
    private final ReentrantLock one = new ReentrantLock();

    @Activate
    public BackupComponent(BundleContext context, @Reference Clock clock) {
        this(context, clock, Path.of(System.getProperty("karaf.home", ".")), Path.of(System.getProperty("karaf.etc", "etc")), Path.of(System.getProperty("karaf.data", "data"), "carbomt"));
    }

    private BackupComponent(BundleContext context, Clock clock, Path home, Path etc, Path data) {
        this.parts = new ServiceTracker<>(context, Backed.class, null);
        this.parts.open();
        this.clock = clock;
        this.home = home.toAbsolutePath().normalize();
        this.etc = etc.toAbsolutePath().normalize();
        this.data = data.toAbsolutePath().normalize();
        this.version = context.getBundle().getVersion().toString();
    }

    @Deactivate
    void close() {
        parts.close();
    }

    @Override
    public Written write(Path file, Consumer<String> progress) {
        var target = file.toAbsolutePath().normalize();
        if (Files.exists(target)) throw new CarboException.Conflict(new Problem("backup.exists", "file", target.toString(), "the name of a file that is not there yet"));
        if (target.getParent() == null || !Files.isDirectory(target.getParent())) throw new CarboException.Invalid(new Problem("backup.no-folder", "file", target.toString(), "a file in a folder that exists"));
        if (!one.tryLock()) throw new CarboException.Unavailable(new Problem("backup.under-way", "file", target.toString(), "a moment's patience: another backup is being written"));
        var scratch = data.resolve(SCRATCH);
        try {
            delete(scratch);
            var written = write(target, scratch, progress);
            LOG.info("backup {}: {} files, {} bytes", written.file(), written.files(), written.bytes());
            return written;
        } catch (IOException e) {
            throw new CarboException.Unavailable(new Problem("backup.failed", "file", target.toString(), "readable data and room on the disk: " + e.getMessage()), e);
        } finally {
            try {
                delete(scratch);
            } catch (IOException e) {
                LOG.warn("{} is left behind: {}", scratch, e.getMessage());
            }
            one.unlock();
        }
    }

    private Written write(Path target, Path scratch, Consumer<String> progress) throws IOException {
        var backed = Arrays.stream(parts.getServices(new Backed[0])).sorted(Comparator.comparing(Backed::name)).toList();
        var folders = new LinkedHashMap<String, String>();
        try (var archive = new Archive(target)) {
            var own = new HashSet<String>();
            for (var part : backed) {
                var copy = scratch.resolve(part.name());
                Files.createDirectories(copy);
                if (!part.copy(copy)) continue;
                own.add(part.name());
                progress.accept(part.name() + ": " + archive.folder("data/" + part.name(), copy, Set.of()) + " files, a copy of its own");
            }
            for (var part : backed) {
                note(folders, part);
                if (own.contains(part.name()) || !Files.isDirectory(part.folder())) continue;
                progress.accept(part.name() + ": " + archive.folder("data/" + part.name(), part.folder(), part.without()) + " files");
            }
            int rest = 0;
            for (var path : others(backed)) {
                if (Files.isDirectory(path)) rest += archive.folder("data/" + path.getFileName(), path, Set.of());
                else archive.file("data/" + path.getFileName(), path);
            }
            for (var name : OF_HOME) {
                var folder = name.equals("etc") ? etc : home.resolve(name);
                if (Files.isDirectory(folder)) rest += archive.folder(name, folder, Set.of());
            }
            progress.accept("settings and all else: " + rest + " files");
            var about = new LinkedHashMap<String, Object>();
            about.put("format", "carbomt-backup/1");
            about.put("version", version);
            about.put("at", clock.instant().toString());
            about.put("folders", folders);
            int files = archive.finish(about);
            return new Written(target, files, Files.size(target));
        }
    }

    /** Where a part's folder is not the usual one, the archive says where it was. */
    private void note(Map<String, String> folders, Backed part) {
        var folder = part.folder().toAbsolutePath().normalize();
        if (!folder.equals(data.resolve(part.name()))) folders.put(part.name(), folder.toString());
    }

    /** What lies in the data folder and belongs to none of the parts. */
    private List<Path> others(List<Backed> backed) throws IOException {
        var taken = new HashSet<Path>();
        for (var part : backed) taken.add(part.folder().toAbsolutePath().normalize());
        try (var list = Files.list(data)) {
            return list.filter(p -> !taken.contains(p) && !p.getFileName().toString().equals(SCRATCH)).sorted().toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (var walk = Files.walk(folder)) {
            for (var path : walk.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
