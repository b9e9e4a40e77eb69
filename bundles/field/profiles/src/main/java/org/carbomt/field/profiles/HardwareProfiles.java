package org.carbomt.field.profiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.device.Profile;
import org.carbomt.api.device.Profiles;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The profiles of a folder. A file changed, added or removed takes effect within seconds; a bad one is reported and the former stays. */
@Component(configurationPid = "org.carbomt.field.profiles")
@Designate(ocd = HardwareProfiles.Config.class)
public final class HardwareProfiles implements Profiles {
    private static final Logger LOG = LoggerFactory.getLogger(HardwareProfiles.class);
    private static final int MAX_BYTES = 1 << 20;

    @ObjectClassDefinition(name = "CARBO MT: hardware profiles")
    public @interface Config {
        @AttributeDefinition(description = "Folder of the profile files (*.yaml); empty: hardware-profiles beside etc")
        String directory() default "";

        @AttributeDefinition(description = "How often the folder is looked at, milliseconds")
        long pollMillis() default 1000;
    }

    private record Known(FileTime modified, long size, Optional<Profile> profile, Optional<Problem> problem) {}

    private final Path directory;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "carbomt-profiles"));
    private final Map<String, Known> files = new HashMap<>();
    private volatile Map<String, Profile> byId = Map.of();
    private volatile Map<String, Problem> rejected = Map.of();

    @Activate
    public HardwareProfiles(Config config) {
        this(config.directory().isBlank() ? Path.of(System.getProperty("karaf.base", "."), "hardware-profiles") : Path.of(config.directory()), config.pollMillis());
    }

    HardwareProfiles(Path directory, long pollMillis) {
        this.directory = directory;
        look();
        watch.scheduleWithFixedDelay(this::look, pollMillis, pollMillis, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void close() {
        watch.shutdownNow();
    }

    @Override
    public Optional<Profile> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public List<Profile> all() {
        return List.copyOf(byId.values());
    }

    @Override
    public Map<String, Problem> rejected() {
        return rejected;
    }

    private synchronized void look() {
        try {
            boolean changed = false;
            var there = new TreeMap<String, Path>();
            if (Files.isDirectory(directory)) {
                try (var list = Files.newDirectoryStream(directory, "*.{yaml,yml}")) {
                    for (var path : list) there.put(path.getFileName().toString(), path);
                }
            } else if (files.isEmpty()) {
                LOG.warn("profiles: folder {} does not exist", directory);
            }
            changed |= files.keySet().retainAll(there.keySet());
            for (var e : there.entrySet()) changed |= load(e.getKey(), e.getValue());
            if (changed) publish();
        } catch (IOException | RuntimeException e) {
            LOG.warn("profiles: folder {} cannot be read; the profiles loaded before stay", directory, e);
        }
    }

    private boolean load(String name, Path path) throws IOException {
        try {
            var modified = Files.getLastModifiedTime(path);
            long size = Files.size(path);
            var known = files.get(name);
            if (known != null && known.modified.equals(modified) && known.size == size) return false;
            if (size > MAX_BYTES) throw new CarboException.Invalid(new Problem("profile.invalid", "file", size + " bytes", "at most " + MAX_BYTES));
            var profile = ProfileFile.parse(Files.readAllBytes(path));
            files.put(name, new Known(modified, size, Optional.of(profile), Optional.empty()));
            LOG.info("profile {} {} from {}", profile.id(), profile.version(), name);
            return true;
        } catch (NoSuchFileException gone) {
            return files.remove(name) != null;
        } catch (CarboException bad) {
            LOG.warn("profile file {} refused: {}", name, bad.problem().sentence());
            var former = Optional.ofNullable(files.get(name)).flatMap(Known::profile);
            files.put(name, new Known(Files.getLastModifiedTime(path), Files.size(path), former, Optional.of(bad.problem())));
            return true;
        }
    }

    private void publish() {
        var ids = new TreeMap<String, Profile>();
        var bad = new TreeMap<String, Problem>();
        new TreeMap<>(files).forEach((name, known) -> {
            known.problem.ifPresent(p -> bad.put(name, p));
            known.profile.ifPresent(p -> {
                var other = ids.putIfAbsent(p.id(), p);
                if (other != null) bad.put(name, new Problem("profile.invalid", "id", p.id(), "an id that no other file has"));
            });
        });
        byId = Map.copyOf(ids);
        rejected = Map.copyOf(bad);
    }
}
