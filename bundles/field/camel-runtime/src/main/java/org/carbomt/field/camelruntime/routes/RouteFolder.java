package org.carbomt.field.camelruntime.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the {@code *.camel.yaml} files of a folder by looking at it regularly. A file is taken once it was found the same twice, so never half written. */
public final class RouteFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RouteFolder.class);
    private static final String SUFFIX = ".camel.yaml";
    private final Path directory;
    private final Duration pause;
    private final RouteContext routes;
    private final ScheduledExecutorService clockwork =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "carbomt-route-folder"));
    private final Map<String, String> taken = new TreeMap<>();
    private Map<String, String> before = Map.of();
    private boolean first = true;

    public RouteFolder(Path directory, Duration pause, RouteContext routes) {
        this.directory = directory;
        this.pause = pause;
        this.routes = routes;
    }

    public void start() {
        clockwork.scheduleWithFixedDelay(this::lookGuarded, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookGuarded() {
        try {
            look();
        } catch (IOException | RuntimeException e) {
            LOG.error("The route folder {} cannot be read: {}", directory, e.toString());
        }
    }

    private void look() throws IOException {
        var found = stamps();
        for (var file : found.entrySet()) {
            var name = file.getKey();
            var settled = first || file.getValue().equals(before.get(name));
            if (!settled || file.getValue().equals(taken.get(name))) continue;
            var text = Files.readString(directory.resolve(name), StandardCharsets.UTF_8);
            taken.put(name, file.getValue());
            routes.put(name, text);
        }
        for (var name : taken.keySet().toArray(String[]::new)) {
            if (found.containsKey(name)) continue;
            taken.remove(name);
            routes.remove(name);
        }
        before = found;
        first = false;
    }

    private Map<String, String> stamps() throws IOException {
        var found = new TreeMap<String, String>();
        if (!Files.isDirectory(directory)) return found;
        try (var files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (var file : files) {
                if (!Files.isRegularFile(file)) continue;
                found.put(file.getFileName().toString(), Files.getLastModifiedTime(file).toMillis() + " " + Files.size(file));
            }
        } catch (java.nio.file.NoSuchFileException e) {
            LOG.debug("A route file went while the folder was read", e); // the next look sees the folder as it is then
            return before;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return found;
    }

    @Override
    public void close() {
        clockwork.shutdownNow();
        try {
            clockwork.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
