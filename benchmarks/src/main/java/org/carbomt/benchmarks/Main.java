package org.carbomt.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** {@code Main ARCHIVE WORK [quick] PART...}: measures and prints the rows of the table; see benchmarks/run --help. */
public final class Main {
    private final Path archive;
    private final Path work;
    private final boolean quick;
    private final Set<String> parts;
    private final Readings readings = new Readings();
    private final Table table = new Table();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private Main(Path archive, Path work, Set<String> options) {
        this.archive = archive;
        this.work = work;
        quick = options.remove("quick");
        parts = options;
    }

    public static void main(String[] args) throws Exception {
        var main = new Main(Path.of(args[0]), Path.of(args[1]), new TreeSet<>(List.of(args).subList(2, args.length)));
        var closing = new Thread(main::closeAll);
        Runtime.getRuntime().addShutdownHook(closing);
        main.measure();
    }

    private boolean wanted(String part) {
        return parts.contains(part);
    }

    private int rounds() {
        return quick ? 3 : 7;
    }

    private void measure() throws IOException, InterruptedException, ExecutionException, SQLException {
        if (wanted("startup") || wanted("memory") || wanted("mqtt") || wanted("http")) {
            var edge = opened(new Distribution(archive, work, "edge"));
            startAndRest(edge, 300);
            if (wanted("mqtt")) mqtt(edge, forms());
            if (wanted("http")) http(edge, 10_000, 1_000, 100_000);
            if (wanted("memory") && (wanted("mqtt") || wanted("http"))) afterTheLoad(edge);
            close(edge);
        }
        if (!wanted("all-profile")) return;
        var all = opened(new Distribution(archive, work, "all"));
        try {
            startAndRest(all, 800);
            if (wanted("mqtt")) mqtt(all, forms().subList(0, 1));
            if (wanted("http")) http(all, 10_000);
        } catch (java.util.concurrent.CompletionException | IllegalStateException e) {
            table.missing("profile all", String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        close(all);
    }

    /** The form of the peers' own script (four connections, a window of 64), then many devices, then messages that carry more than one reading. */
    private List<MqttLoad.Form> forms() {
        int scale = quick ? 1 : 4;
        var single = Readings.json();
        var rows20 = readings.csv(20);
        return List.of(
                new MqttLoad.Form("one reading a message (JSON, " + single.bytes.length + " bytes), 4 devices × window 64", 4, 25_000 * scale, 64, single),
                new MqttLoad.Form("one reading a message (JSON, " + single.bytes.length + " bytes), 64 devices × window 64", 64, 1_600 * scale, 64, single),
                new MqttLoad.Form("20 readings a message (CSV, " + rows20.bytes.length + " bytes), 4 devices × window 64", 4, 6_000 * scale, 64, rows20));
    }

    private void mqtt(Distribution container, List<MqttLoad.Form> forms) throws IOException, ExecutionException, InterruptedException {
        for (var form : forms) {
            var devices = new ArrayList<MqttLoad.Publisher>();
            var strangers = new ArrayList<MqttLoad.Publisher>();
            for (int i = 0; i < form.publishers(); i++) {
                var id = "mqtt-" + i;
                devices.add(new MqttLoad.Publisher(id, "devices/" + id + "/readings", id, container.device(id)));
                strangers.add(new MqttLoad.Publisher(id, "devices/" + id + "/readings", null, null));
            }
            var ours = new Series();
            var delivered = new Series();
            var swallowed = new Series();
            for (int round = -1; round < rounds(); round++) { // the first warms both up and does not count
                double peer;
                double peerAlone;
                try (var mosquitto = new Mosquitto(work)) {
                    peer = MqttLoad.run(mosquitto.port, strangers, form, 0, "devices/#");
                    peerAlone = MqttLoad.run(mosquitto.port, strangers, form, 0, null);
                }
                long before = container.entries();
                double own = MqttLoad.run(container.mqtt, devices, form, readings.times((long) form.count() * form.message().rows()), null);
                long stored = container.entries() - before;
                if (stored != (long) form.publishers() * form.count()) throw new IllegalStateException(stored + " entries in the journal for " + (long) form.publishers() * form.count() + " acknowledged messages");
                if (round < 0) continue;
                ours.add(own);
                delivered.add(peer);
                swallowed.add(peerAlone);
            }
            table.beside("profile " + container.profile + ", MQTT QoS 1 to durable, readings/s: " + form.name() + "; peer: mosquitto to one subscriber", ours, delivered, form.message().rows() == 1 && form.publishers() == 4 ? 0.9 : 0);
            table.beside("the same; peer: mosquitto with no subscriber, it acknowledges and forgets", ours, swallowed, 0);
        }
    }

    private void http(Distribution container, int... batchRows) throws IOException, SQLException, ExecutionException, InterruptedException {
        var postgres = opened(new Postgres(work.resolve(container.profile + "-peer")));
        int senders = 2;
        var secrets = new ArrayList<String>();
        for (int s = 0; s < senders; s++) secrets.add(container.device("http-" + s));
        for (int rows : batchRows) {
            int batches = Math.max(2, (quick ? 200_000 : 600_000) / rows);
            var ours = new Series();
            var copied = new Series();
            for (int round = -1; round < rounds(); round++) {
                long first = readings.times((long) rows * batches);
                var bodies = new ArrayList<HttpLoad.Sender>();
                var copies = new ArrayList<List<byte[]>>();
                for (int s = 0; s < senders; s++) {
                    var posted = new ArrayList<byte[]>();
                    var copy = new ArrayList<byte[]>();
                    for (int b = 0; b < batches; b++) {
                        long from = first + (long) b * rows * Readings.STEP_MILLIS;
                        posted.add(readings.body(from, rows));
                        copy.add(readings.copy(s, from, rows));
                    }
                    bodies.add(new HttpLoad.Sender("http-" + s, secrets.get(s), posted));
                    copies.add(copy);
                }
                double total = (double) rows * batches * senders;
                double peer = total / postgres.copy(copies);
                double own = total / HttpLoad.run(container.http, bodies, rows);
                if (round < 0) continue;
                ours.add(own);
                copied.add(peer);
            }
            table.beside(String.format(java.util.Locale.ROOT, "profile %s, HTTP, readings/s: batches of %,d rows (CSV), %d connections; peer: PostgreSQL COPY of the same rows, a commit a batch", container.profile, rows, senders), ours, copied, rows == 10_000 ? 1.0 : 0);
        }
        close(postgres);
    }

    /** How long it takes to start, and what it holds when it is left alone for a minute. */
    private void startAndRest(Distribution container, double limit) throws IOException, InterruptedException {
        var name = "profile " + container.profile + ", start to first accepted message";
        var first = Series.of(Startup.measure(container, readings).least());
        if (wanted("startup")) table.below(name + ": very first start (secrets and store are made, the device is registered)", first, 1, "s", 15);
        var firstRest = wanted("memory") ? rest(container) : null;
        if (!wanted("startup") && !wanted("memory")) return;
        var stopped = new Series();
        var killed = new Series();
        var resident = new Series();
        var heap = new Series();
        for (int round = 0; round < (quick ? 1 : 4); round++) {
            container.kill();
            killed.add(Startup.measure(container, readings).least());
            container.stop();
            stopped.add(Startup.measure(container, readings).least());
            if (firstRest == null) continue;
            var memory = rest(container);
            resident.add(memory.resident());
            heap.add(memory.heapUsed());
        }
        if (wanted("startup")) {
            table.below(name + ": after a stop", stopped, 1, "s", 15);
            table.below(name + ": after kill -9", killed, 1, "s", 15);
        }
        if (firstRest == null) return;
        name = "profile " + container.profile + ", memory at rest (resident set 60 s after the start)";
        table.below(name, resident, 0, "MB", limit);
        table.below("of it Java heap in use", heap, 0, "MB", 0);
        table.below(name + ": after the very first start, which has unpacked everything", Series.of(firstRest.resident()), 0, "MB", limit);
    }

    /** The same container with what the loads have left in its journal. */
    private void afterTheLoad(Distribution edge) throws IOException, InterruptedException {
        long entries = edge.entries();
        table.below("profile edge, resident set 60 s after these loads", Series.of(rest(edge).resident()), 0, "MB", 0);
        edge.stop();
        var start = Series.of(Startup.measure(edge, readings).least());
        var what = String.format(java.util.Locale.ROOT, "profile edge, with %,d entries (%,d MB) in its journal", entries, edge.journalBytes() / 1_000_000);
        table.below(what + ": start to first accepted message", start, 1, "s", 15);
        table.below(what + ": resident set 60 s after the start", Series.of(rest(edge).resident()), 0, "MB", 300);
    }

    private Memory rest(Distribution container) throws IOException {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(60));
        return Memory.of(container.pid(), work);
    }

    private <T extends AutoCloseable> T opened(T thing) {
        synchronized (open) {
            open.push(thing);
        }
        return thing;
    }

    private void close(AutoCloseable thing) {
        synchronized (open) {
            open.remove(thing);
        }
        end(thing);
    }

    private void closeAll() {
        synchronized (open) {
            while (!open.isEmpty()) end(open.pop());
        }
    }

    private static void end(AutoCloseable thing) {
        try {
            thing.close();
        } catch (Exception e) {
            System.err.println("benchmarks: " + thing.getClass().getSimpleName() + " did not end: " + e.getMessage());
        }
    }
}
