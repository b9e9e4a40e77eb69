package org.carbomt.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.carbomt.demo.Api;

/** From the start command to the first message of a device that is answered as durable: the device tries all the time. */
final class Startup {
    private static final int PATIENCE_SECONDS = 180;
    private static final String DEVICE = "first-message";

    /** Seconds from the command to the first accepted message. */
    record Times(double http, double mqtt) {
        double least() {
            return Math.min(http, mqtt);
        }
    }

    private Startup() {}

    static Times measure(Distribution container, Readings readings) throws IOException, InterruptedException {
        var pool = Executors.newFixedThreadPool(2);
        try {
            long start = System.nanoTime();
            var command = container.starting();
            var secret = CompletableFuture.supplyAsync(() -> secret(container), pool);
            long time = readings.times(2);
            var http = secret.thenApplyAsync(s -> until("HTTP", () -> post(container.http, s, time), start), pool);
            var mqtt = secret.thenApplyAsync(s -> until("MQTT", () -> publish(container.mqtt, s, time + Readings.STEP_MILLIS), start), pool);
            var times = new Times(http.join(), mqtt.join());
            if (!command.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) throw new IllegalStateException("the start command does not end");
            return times;
        } finally {
            pool.shutdownNow();
        }
    }

    /** At the very first start the device must be registered before it may send; that counts too. */
    private static String secret(Distribution container) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            try {
                if (container.hasAdministrator()) return container.device(DEVICE);
            } catch (UncheckedIOException | Api.Refused | java.util.NoSuchElementException e) {
                if (System.nanoTime() > end) throw e;
            }
            if (System.nanoTime() > end) throw new IllegalStateException("no administrator's key after " + PATIENCE_SECONDS + " s; see " + container.home + "/data/log/karaf.log");
            LockSupport.parkNanos(20_000_000);
        }
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private static double until(String protocol, Attempt attempt, long start) {
        while (true) {
            try {
                attempt.run();
                return (System.nanoTime() - start) / 1e9;
            } catch (IOException e) {
                if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) throw new IllegalStateException("no message accepted by " + protocol + " after " + PATIENCE_SECONDS + " s", e);
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    private static void post(int port, String secret, long time) throws IOException {
        var message = Readings.json();
        message.stamp(time);
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(("POST /ingest/" + DEVICE + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer " + secret + "\r\nContent-Type: application/json\r\nContent-Length: " + message.bytes.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(message.bytes);
            var answer = HttpLoad.answer(new java.io.BufferedInputStream(socket.getInputStream()));
            if (!answer.startsWith("HTTP/1.1 200")) throw new IOException(answer);
        }
    }

    private static void publish(int port, String secret, long time) throws IOException {
        try (var client = new MqttClient(port, DEVICE, DEVICE, secret)) {
            client.publish("devices/" + DEVICE + "/readings", Readings.json(), time, 1, 1);
        }
    }
}
