package org.carbomt.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.carbomt.demo.Api;
import org.carbomt.demo.Keys;

/** The built distribution, unpacked into a folder of its own and run as a process, on free loopback ports. */
final class Container implements AutoCloseable {
    final Path home;
    final int http;
    final int https;
    final int mqtt;
    final int udp;
    final int chain;
    final int shell;
    private final String profile;
    private Process launched;

    Container(String name, String profile) {
        this.profile = profile;
        home = Path.of(System.getProperty("carbomt.work"), "container-" + name).toAbsolutePath();
        var ports = freePorts(6);
        http = ports.get(0);
        https = ports.get(1);
        mqtt = ports.get(2);
        udp = ports.get(3);
        chain = ports.get(4);
        shell = ports.get(5);
        try {
            deleteTree(home);
            Files.createDirectories(home);
            try (var list = Files.list(Path.of(System.getProperty("carbomt.root"), "karaf-assembly", "target"))) {
                var archive = list.filter(p -> p.toString().endsWith(".tar.gz")).findFirst().orElseThrow(() -> new IllegalStateException("no distribution in karaf-assembly/target: build first"));
                shell(List.of("tar", "xzf", archive.toString(), "-C", home.toString(), "--strip-components=1"), 120);
            }
            ownPorts();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ownPorts() throws IOException {
        set("org.apache.felix.http", "org.osgi.service.http.port", http);
        set("org.apache.felix.http", "org.osgi.service.http.port.secure", https);
        set("org.carbomt.field.mqttbroker", "port", mqtt);
        set("org.carbomt.field.lorawan", "port", udp);
        set("org.carbomt.ledger.embeddedchain", "port", chain);
        set("org.apache.karaf.shell", "sshPort", shell);
    }

    String backup(Path file) {
        return shell(List.of(home.resolve("bin/carbomt").toString(), "backup", file.toString()), 120);
    }

    /** Puts a backup into this container, which does not run; the ports stay its own. */
    String restore(Path file, String... options) throws IOException {
        var command = new ArrayList<>(List.of(home.resolve("bin/carbomt").toString(), "restore", file.toString()));
        command.addAll(List.of(options));
        var said = shell(command, 120);
        ownPorts();
        return said;
    }

    /** Sets a value in etc/PID.cfg; a running container takes it up by itself. */
    void set(String pid, String key, Object value) throws IOException {
        var file = home.resolve("etc/" + pid + ".cfg");
        var lines = new ArrayList<>(Files.readAllLines(file));
        var pattern = java.util.regex.Pattern.compile("\\s*#?\\s*" + java.util.regex.Pattern.quote(key) + "\\s*=.*");
        boolean found = false;
        for (int i = 0; i < lines.size(); i++) {
            if (pattern.matcher(lines.get(i)).matches()) {
                lines.set(i, key + " = " + value);
                found = true;
            }
        }
        if (!found) lines.add(key + " = " + value);
        Files.write(file, lines);
    }

    /** Starts and waits until it answers by each protocol. @return milliseconds it took */
    long start() {
        long t0 = System.nanoTime();
        shell(List.of(home.resolve("bin/carbomt").toString(), "start", "--profile", profile), 120);
        if (!profile.equals("registry")) await("answers by HTTP, MQTT and LoRaWAN", 60, this::listens, List.of(true, true, true)::equals);
        return (System.nanoTime() - t0) / 1_000_000;
    }

    /** Whether readings can be sent by HTTP, MQTT and the gateways' UDP protocol. */
    private List<Boolean> listens() {
        return List.of(answersHttp(), answersMqtt(), answersGateway());
    }

    private boolean answersHttp() {
        try {
            var connection = (java.net.HttpURLConnection) base().resolve("/ingest/nobody").toURL().openConnection();
            connection.setRequestMethod("POST");
            return connection.getResponseCode() == 401;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean answersMqtt() {
        try (var socket = new java.net.Socket("127.0.0.1", mqtt)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** PULL_DATA, answered by PULL_ACK. */
    private boolean answersGateway() {
        try (var socket = new java.net.DatagramSocket()) {
            socket.setSoTimeout(500);
            var ask = java.util.HexFormat.of().parseHex("020001020016c001ff10a235");
            socket.send(new java.net.DatagramPacket(ask, ask.length, new java.net.InetSocketAddress("127.0.0.1", udp)));
            var answer = new java.net.DatagramPacket(new byte[16], 16);
            socket.receive(answer);
            return answer.getData()[3] == 4;
        } catch (IOException e) {
            return false;
        }
    }

    /** Starts the process as it is and returns at once, while it comes up. */
    void launch() {
        try {
            var builder = new ProcessBuilder(home.resolve("bin/carbomt").toString(), "start", "--profile", profile, "--foreground");
            builder.environment().put("KARAF_EXEC", "exec");
            launched = builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("launch.out").toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        shell(List.of(home.resolve("bin/carbomt").toString(), "stop"), 60);
    }

    /** kill -9, and waits until the process is gone. */
    void kill() {
        var process = launched != null ? launched.toHandle() : ProcessHandle.of(pid()).orElseThrow();
        if (!process.destroyForcibly()) throw new AssertionError("process " + process.pid() + " was gone already");
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    long pid() {
        try {
            return Long.parseLong(Files.readString(home.resolve("karaf.pid")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command of the container's shell. */
    String exec(String command) {
        return shell(List.of(home.resolve("bin/carbomt").toString(), "exec", command), 60);
    }

    String log() {
        try {
            return Files.readString(home.resolve("data/log/karaf.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + http);
    }

    Keys keys() {
        return new Keys(home.resolve("test-keys"));
    }

    /** A device's secret, made at its first use. */
    String secret(String device) {
        var keys = keys();
        return keys.find(device).orElseGet(() -> keys.keep(device, admin().post("/devices/" + device + "/secret", java.util.Map.of()).get("secret").asText()));
    }

    /** The API as the administrator made at first start. */
    Api admin() {
        var keys = keys();
        var key = keys.find("administrator.key").orElseGet(() -> {
            try {
                var line = Files.readAllLines(home.resolve("data/carbomt/first-start/administrator.key")).stream().map(String::strip).filter(l -> l.startsWith("cmt_")).findFirst().orElseThrow();
                return keys.keep("administrator.key", line);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return new Api(base(), key);
    }

    /** Polls until the condition holds; fails after the time with the last answer. */
    static <T> T await(String what, int seconds, Supplier<T> now, Predicate<T> done) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        Object last = null;
        do {
            try {
                T value = now.get();
                if (done.test(value)) return value;
                last = value;
            } catch (Api.Refused | UncheckedIOException e) {
                last = e;
            }
            java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
        } while (System.nanoTime() < end);
        throw new AssertionError(what + ": not within " + seconds + " s; last: " + last);
    }

    /** Waits until the hours have taken up everything that is durable. */
    void awaitHours(Api api) {
        await("hours computed", 60, () -> api.get("/status"), (JsonNode s) -> s.get("hours").get("computedThrough").asLong() >= s.get("journal").get("nextSequence").asLong() - 1);
    }

    @Override
    public void close() {
        stop();
    }

    static String shell(List<String> command, int seconds) {
        try {
            var out = Files.createTempFile("carbomt-it", ".out");
            var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).redirectInput(new java.io.File("/dev/null")).start();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " took more than " + seconds + " s");
            }
            var text = Files.readString(out, StandardCharsets.UTF_8);
            Files.delete(out);
            if (process.exitValue() != 0) throw new AssertionError(command + " ended with " + process.exitValue() + ": " + text);
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<Integer> freePorts(int n) {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < n; i++) sockets.add(new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress()));
            var ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (var s : sockets) s.close();
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (var files = Files.walk(folder)) {
            for (var p : files.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(p);
        }
    }
}
