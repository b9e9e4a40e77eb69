package org.carbomt.field.mqttbroker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.carbomt.api.intake.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Byte by byte, after MQTT 3.1.1 and 5: order, duplicates, hostile bytes, throughput. */
class WireTest {
    private static final HexFormat HEX = HexFormat.of();
    private final World world = new World();
    private Listener listener;

    @BeforeEach void start() throws Exception {
        listener = world.listen(World.settings());
    }

    @AfterEach void stop() {
        world.gate.complete(null);
        listener.close();
    }

    private static byte[] packet(int first, byte[] body) {
        var out = new ByteArrayOutputStream();
        out.write(first);
        int length = body.length;
        do {
            out.write(length > 127 ? length & 0x7f | 0x80 : length);
            length >>>= 7;
        } while (length > 0);
        out.writeBytes(body);
        return out.toByteArray();
    }

    private static byte[] connect(int version) throws IOException {
        return connect(version, "wire-" + version);
    }

    private static byte[] connect(int version, String clientId) throws IOException {
        var out = new ByteArrayOutputStream();
        var data = new DataOutputStream(out);
        data.writeUTF("MQTT");
        data.writeByte(version);
        data.writeByte(0xC2); // user name, password, clean
        data.writeShort(60);
        if (version == 5) data.writeByte(0);
        data.writeUTF(clientId);
        data.writeUTF("d1");
        data.writeUTF("secret-1");
        return packet(0x10, out.toByteArray());
    }

    private static byte[] publish(int version, int qos, int id, String topic, String payload) throws IOException {
        var out = new ByteArrayOutputStream();
        var data = new DataOutputStream(out);
        data.writeUTF(topic);
        if (qos > 0) data.writeShort(id);
        if (version == 5) data.writeByte(0);
        data.write(payload.getBytes(StandardCharsets.UTF_8));
        return packet(0x30 | qos << 1, out.toByteArray());
    }

    private Socket socket() throws IOException {
        var socket = new Socket("127.0.0.1", listener.ports().get(0));
        socket.setSoTimeout(5000);
        return socket;
    }

    private Socket connected(int version) throws IOException {
        return connected(version, "wire-" + version);
    }

    private Socket connected(int version, String clientId) throws IOException {
        var socket = socket();
        socket.getOutputStream().write(connect(version, clientId));
        var in = new DataInputStream(socket.getInputStream());
        assertEquals(0x20, in.read());
        var body = in.readNBytes(in.read());
        assertEquals(0, body[1]);
        return socket;
    }

    private static String read(Socket socket, int bytes) throws IOException {
        return HEX.formatHex(socket.getInputStream().readNBytes(bytes));
    }

    // MQTT 5, 4.6: PUBACK in the order of the PUBLISH packets, whatever is durable first
    @Test void acknowledgesInTheOrderOfTheMessages() throws Exception {
        try (var socket = connected(4)) {
            world.gate = new CompletableFuture<>();
            var first = world.gate;
            socket.getOutputStream().write(publish(4, 1, 1, "devices/d1/readings", "{}"));
            World.await("first", () -> world.submitted.size() == 1);
            world.gate = CompletableFuture.completedFuture(null);
            socket.getOutputStream().write(publish(4, 1, 2, "devices/d1/readings", "{}"));
            World.await("second", () -> world.submitted.size() == 2);
            Thread.sleep(50);
            assertEquals(0, socket.getInputStream().available());
            first.complete(null);
            assertEquals("4002000140020002", read(socket, 8));
        }
    }

    @Test void exactlyOnceIsHandedOnOnceAndReleasedByItsIdentifier() throws Exception {
        for (var version : new int[] {4, 5}) {
            world.submitted.clear();
            try (var socket = connected(version)) {
                var out = socket.getOutputStream();
                out.write(publish(version, 2, 9, "devices/d1/readings", "{}"));
                assertEquals("50020009", read(socket, 4));
                out.write(publish(version, 2, 9, "devices/d1/readings", "{}"));
                assertEquals("50020009", read(socket, 4));
                assertEquals(1, world.submitted.size());
                out.write(HEX.parseHex("62020009"));
                assertEquals("70020009", read(socket, 4));
                out.write(publish(version, 2, 9, "devices/d1/readings", "{}"));
                assertEquals("50020009", read(socket, 4));
                assertEquals(2, world.submitted.size());
                out.write(HEX.parseHex("62020008")); // never sent
                // netty's encoder writes the empty property length too
                assertTrue(read(socket, version == 5 ? 5 : 4).startsWith(version == 5 ? "70" : "70020008"));
            }
        }
    }

    @Test void moreThanTheReceiveMaximumEndsAConnectionOfVersion5() throws Exception {
        world.gate = new CompletableFuture<>();
        try (var socket = connected(5)) {
            for (int i = 1; i <= 101; i++) socket.getOutputStream().write(publish(5, 1, i, "devices/d1/readings", "{}"));
            assertEquals(0xE0, socket.getInputStream().read());
            socket.getInputStream().read();
            assertEquals(0x93, socket.getInputStream().read());
        }
    }

    @Test void reasonStringsAreLeftOutForAClientThatTakesSmallPackets() throws Exception {
        var buffer = io.netty.buffer.Unpooled.buffer();
        Answers.received(buffer, 1, 7, 0x99, "x".repeat(200), 50);
        assertEquals("400400079900", io.netty.buffer.ByteBufUtil.hexDump(buffer));
        buffer.clear();
        Answers.received(buffer, 2, 7, 0x99, "why", 50);
        assertEquals("500a00079906" + "1f0003776879", io.netty.buffer.ByteBufUtil.hexDump(buffer));
        buffer.clear();
        Answers.received(buffer, 1, 7, 0x99, "x".repeat(200), 5000);
        assertEquals("40d00100" + "0799cb011f00c8", io.netty.buffer.ByteBufUtil.hexDump(buffer).substring(0, 22));
        assertEquals(211, buffer.readableBytes());
    }

    @Test void tooLargeAPacketEndsItsConnectionOnly() throws Exception {
        try (var neighbour = connected(4); var socket = connected(5)) {
            socket.getOutputStream().write(publish(5, 1, 1, "devices/d1/readings", " ".repeat(3_000_000)));
            assertEquals(0xE0, socket.getInputStream().read());
            socket.getInputStream().read();
            assertEquals(0x95, socket.getInputStream().read());
            neighbour.getOutputStream().write(publish(4, 1, 3, "devices/d1/readings", "{}"));
            assertEquals("40020003", read(neighbour, 4));
        }
    }

    @Test void hostileBytesHarmNobodyElse() throws Exception {
        var random = new Random(20261124);
        try (var neighbour = connected(4, "neighbour")) {
            for (int round = 0; round < 300; round++) {
                byte[] bytes;
                if (round % 3 == 0) {
                    bytes = new byte[random.nextInt(200)];
                    random.nextBytes(bytes);
                } else {
                    var whole = new ByteArrayOutputStream();
                    whole.writeBytes(connect(round % 2 == 0 ? 4 : 5));
                    whole.writeBytes(publish(round % 2 == 0 ? 4 : 5, 1, 1, "devices/d2/readings", "{}"));
                    bytes = whole.toByteArray();
                    bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length)); // cut short
                    for (int i = 0; i < round % 5; i++) bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                try (var socket = socket()) {
                    socket.getOutputStream().write(bytes);
                }
            }
            neighbour.getOutputStream().write(publish(4, 1, 3, "devices/d1/readings", "{}"));
            assertEquals("40020003", read(neighbour, 4));
        }
        assertTrue(world.submitted.stream().allMatch(a -> a.deviceId().equals("d1") && a.source().equals("devices/d1/readings")));
    }

    @Test void aClientThatNeverSaysWhoItIsMustNotSpeakOfAnythingElse() throws Exception {
        try (var socket = socket()) {
            socket.getOutputStream().write(publish(4, 1, 1, "devices/d1/readings", "{}"));
            assertEquals(-1, socket.getInputStream().read());
        }
        assertTrue(world.submitted.isEmpty());
    }

    // One row a message, 8 sockets, QoS 1, all in the one process: sender, broker and a twin of the intake that answers at once from another thread.
    @Test void thousandsOfSingleRowMessagesASecondAreTaken() throws Exception {
        int sockets = 8;
        int each = 25_000;
        var counted = new java.util.concurrent.atomic.AtomicInteger();
        var batches = new java.util.concurrent.atomic.AtomicInteger();
        var fast = new Listener(World.settings(), World.devices(), java.time.Clock.systemUTC(), arrivals -> {
            counted.addAndGet(arrivals.size());
            batches.incrementAndGet();
            return CompletableFuture.supplyAsync(() -> java.util.Collections.nCopies(arrivals.size(), new Outcome.Accepted(1, 1, 0)));
        }, java.util.Optional::empty);
        fast.start();
        try {
            var stream = new ByteArrayOutputStream();
            for (int i = 0; i < each; i++) stream.writeBytes(publish(4, 1, 1 + i % 65_535, "devices/d1/readings", "{\"time\":\"2026-11-24T00:00:00Z\",\"pm25\":" + i + "}"));
            var bytes = stream.toByteArray();
            var start = System.nanoTime();
            var senders = new java.util.ArrayList<CompletableFuture<byte[]>>();
            for (int s = 0; s < sockets; s++) {
                var hello = connect(4, "fast-" + s);
                senders.add(CompletableFuture.supplyAsync(() -> exchange(fast.ports().get(0), hello, bytes, each), task -> new Thread(task).start()));
            }
            for (var sender : senders) {
                var acks = sender.get();
                assertArrayEquals(new byte[] {0x40, 2, 0, 1}, Arrays.copyOf(acks, 4));
                assertEquals(each * 4, acks.length);
            }
            var seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf("%d messages of one row in %.2f s: %.0f a second, %d batches%n", sockets * each, seconds, sockets * each / seconds, batches.get());
            assertEquals(sockets * each, counted.get());
        } finally {
            fast.close();
        }
    }

    private static byte[] exchange(int port, byte[] hello, byte[] bytes, int acks) {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(hello);
            socket.getInputStream().readNBytes(4);
            var writer = new Thread(() -> {
                try {
                    socket.getOutputStream().write(bytes);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            writer.start();
            return socket.getInputStream().readNBytes(acks * 4);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
