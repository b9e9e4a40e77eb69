package org.carbomt.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.carbomt.demo.Api;
import org.carbomt.demo.Keys;

/** The built distribution, unpacked into a folder of its own and run as a process on free loopback ports. */
final class Distribution implements AutoCloseable {
    final Path home;
    final String profile;
    final int http;
    final int mqtt;
    private final Path log;

    Distribution(Path archive, Path work, String profile) throws IOException {
        this.profile = profile;
        home = work.resolve(profile);
        log = work.resolve(profile + ".log");
        Files.createDirectories(home);
        Processes.run(List.of("tar", "xzf", archive.toString(), "-C", home.toString(), "--strip-components=1"), log, 300);
        var ports = Processes.freePorts(6);
        http = ports.get(0);
        mqtt = ports.get(1);
        set("org.apache.felix.http", "org.osgi.service.http.port", http);
        set("org.apache.felix.http", "org.osgi.service.http.port.secure", ports.get(2));
        set("org.carbomt.field.mqttbroker", "port", mqtt);
        set("org.carbomt.field.lorawan", "port", ports.get(3));
        set("org.carbomt.ledger.embeddedchain", "port", ports.get(4));
        set("org.apache.karaf.shell", "sshPort", ports.get(5));
    }

    private void set(String pid, String key, Object value) throws IOException {
        var file = home.resolve("etc/" + pid + ".cfg");
        var lines = new ArrayList<>(Files.exists(file) ? Files.readAllLines(file) : List.of());
        var setting = Pattern.compile("\\s*#?\\s*" + Pattern.quote(key) + "\\s*=.*");
        lines.removeIf(line -> setting.matcher(line).matches());
        lines.add(key + " = " + value);
        Files.write(file, lines);
    }

    private String carbomt() {
        return home.resolve("bin/carbomt").toString();
    }

    /** Begins to start; whoever wants to know when it takes messages asks it. */
    Process starting() throws IOException {
        return Processes.begin(List.of(carbomt(), "start", "--profile", profile), home, log);
    }

    void stop() {
        Processes.run(List.of(carbomt(), "stop"), log, 90);
    }

    /** kill -9, and waits until the process is gone. */
    void kill() {
        var process = ProcessHandle.of(pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }

    long pid() {
        try {
            return Long.parseLong(Files.readString(home.resolve("karaf.pid")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + http);
    }

    boolean hasAdministrator() {
        return Files.exists(home.resolve("data/carbomt/first-start/administrator.key"));
    }

    Api administrator() {
        var keys = new Keys(home.resolve("benchmark-keys"));
        return new Api(base(), keys.find("administrator").orElseGet(() -> {
            try (var lines = Files.lines(home.resolve("data/carbomt/first-start/administrator.key"))) {
                return keys.keep("administrator", lines.map(String::strip).filter(l -> l.startsWith("cmt_")).findFirst().orElseThrow());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    /** Registers a stack analyser that may send old readings. @return its secret */
    String device(String id) {
        var keys = new Keys(home.resolve("benchmark-keys"));
        return keys.find(id).orElseGet(() -> keys.keep(id, registered(id)));
    }

    /** Doing it again changes nothing but the secret, so that a connection lost in between is no harm. */
    private String registered(String id) {
        for (int attempt = 0;; attempt++) {
            try {
                var api = administrator();
                api.put("/devices/" + id, Map.of("siteId", "bench", "profileId", "stack-analyser", "name", id, "addresses", Map.of(), "syntheticChannels", List.of(), "acceptFrom", "2000-01-01T00:00:00Z", "enabled", true));
                return api.post("/devices/" + id + "/secret", Map.of()).get("secret").asText();
            } catch (UncheckedIOException e) {
                if (attempt == 3) throw e;
            }
        }
    }

    /** Entries in the journal that are durable. */
    long entries() {
        return administrator().get("/status").get("journal").get("nextSequence").asLong();
    }

    long journalBytes() throws IOException {
        try (var files = Files.list(home.resolve("data/carbomt/journal"))) {
            return files.filter(f -> f.toString().endsWith(".journal")).mapToLong(f -> f.toFile().length()).sum();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
