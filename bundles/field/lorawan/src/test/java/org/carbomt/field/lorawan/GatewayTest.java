package org.carbomt.field.lorawan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.impl.DefaultCamelContext;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.identity.Vault;
import org.carbomt.api.intake.Arrival;
import org.carbomt.api.intake.Intake;
import org.carbomt.api.intake.Outcome;
import org.carbomt.api.journal.Entry;
import org.carbomt.api.journal.Journal;
import org.carbomt.api.journal.StoredEntry;
import org.carbomt.api.reading.ReadingBlock;
import org.carbomt.platform.store.RelationalStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** As a gateway sees it: datagrams to a socket, with the sessions in a database. */
class GatewayTest implements Intake {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] NWK = HEX.parseHex("44024241ed4ce9a68c6a8bc055233fd3");
    private static final byte[] APP = HEX.parseHex("ec925802ae430ca77fd3dd73cb2cc588");
    private static final int ADDRESS = 0x26011bda;
    private static final AtomicLong NAMES = new AtomicLong();
    private final List<Arrival> stored = new CopyOnWriteArrayList<>();
    private final List<Arrival> held = new CopyOnWriteArrayList<>();
    private final List<String> codes = new CopyOnWriteArrayList<>();
    private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);
    private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);
    private volatile Function<Arrival, Outcome> answer = arrival -> new Outcome.Accepted(1, 1, 0);
    private RelationalStore store;
    private SessionTable sessions;
    private UdpListener listener;
    private DatagramSocket gateway;

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis.get());
        }
    };

    /** Turns every bit, and insists on the context. */
    private final Vault vault = new Vault() {
        @Override
        public byte[] seal(byte[] secret, String context) {
            var out = secret.clone();
            for (int i = 0; i < out.length; i++) out[i] ^= (byte) (0xff ^ context.hashCode());
            return out;
        }

        @Override
        public byte[] open(byte[] sealed, String context) {
            return seal(sealed, context);
        }
    };

    @BeforeEach void start() throws Exception {
        store = RelationalStore.forTest("lorawan" + NAMES.incrementAndGet());
        sessions = new SessionTable(store, vault, clock);
        sessions.activate("lora-1", "26011BDA", NWK, APP, 0);
        listener = new UdpListener("127.0.0.1", 0, new Uplinks(sessions, this::submit, () -> Optional.of(this), clock, new Uplinks.Rules(2000, 16_384)), 1000);
        gateway = new DatagramSocket();
        gateway.setSoTimeout(3000);
    }

    @AfterEach void stop() throws Exception {
        gate.complete(null);
        gateway.close();
        listener.close();
        sessions.close();
        store.close();
    }

    @Override
    public CompletableFuture<List<Outcome>> submit(List<Arrival> arrivals) {
        stored.addAll(arrivals);
        return gate.thenApply(open -> {
            var outcomes = new ArrayList<Outcome>();
            for (var arrival : arrivals) outcomes.add(answer.apply(arrival));
            return outcomes;
        });
    }

    @Override
    public CompletableFuture<Outcome> quarantine(Arrival arrival, Problem problem) {
        held.add(arrival);
        codes.add(problem.code());
        return CompletableFuture.completedFuture(new Outcome.Quarantined("q", problem));
    }

    private static byte[] frame(long counter, String payload) {
        return Frames.up(ADDRESS, counter, 5, payload.getBytes(StandardCharsets.UTF_8), new SecretKeySpec(NWK, "AES"), new SecretKeySpec(APP, "AES"));
    }

    private static String rxpk(byte[]... frames) {
        var list = new ArrayList<String>();
        for (var f : frames) list.add("{\"time\":\"2026-11-24T10:00:00.123456Z\",\"tmst\":1,\"freq\":868.5,\"stat\":1,\"modu\":\"LORA\",\"datr\":\"SF7BW125\",\"rssi\":-51,\"size\":" + f.length + ",\"data\":\"" + Base64.getEncoder().encodeToString(f) + "\"}");
        return "{\"rxpk\":[" + String.join(",", list) + "]}";
    }

    private void send(int token, int kind, String body) throws Exception {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var packet = ByteBuffer.allocate(12 + bytes.length).put((byte) 2).putShort((short) token).put((byte) kind).put(HEX.parseHex("0016c001ff10a235")).put(bytes).array();
        gateway.send(new DatagramPacket(packet, packet.length, new InetSocketAddress("127.0.0.1", listener.port())));
    }

    private String receive() throws Exception {
        var packet = new DatagramPacket(new byte[64], 64);
        gateway.receive(packet);
        return HEX.formatHex(packet.getData(), 0, packet.getLength());
    }

    private void push(String body) throws Exception {
        send(0x1234, 0, body);
        assertEquals("02123401", receive());
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        var end = System.nanoTime() + 5_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not within 5 s");
            Thread.sleep(5);
        }
    }

    @Test void aFrameIsDecryptedHandedOnAndAcknowledged() throws Exception {
        push(rxpk(frame(5, "hello")));
        var arrival = stored.get(0);
        assertEquals("lora-1 lorawan gateway 0016c001ff10a235", arrival.deviceId() + " " + arrival.protocol() + " " + arrival.source());
        assertEquals("hello", new String(arrival.payload(), StandardCharsets.UTF_8));
        assertEquals(5, arrival.fPort().orElseThrow());
        assertEquals(5, arrival.counter().orElseThrow());
        assertEquals(Instant.parse("2026-11-24T10:00:00.123456Z"), arrival.sentAt().orElseThrow());
        assertEquals(6, sessions.find("lora-1").orElseThrow().nextCounter());
    }

    @Test void aPullIsAnsweredAndAStatusReportIsAcknowledged() throws Exception {
        send(0x0102, 2, "");
        assertEquals("02010204", receive());
        push("{\"stat\":{\"time\":\"2026-11-24 10:00:00 GMT\",\"rxnb\":2}}");
        assertTrue(codes.isEmpty());
    }

    @Test void isAcknowledgedOnlyWhenDurable() throws Exception {
        gate = new CompletableFuture<>();
        send(7, 0, rxpk(frame(1, "a")));
        await(() -> stored.size() == 1);
        gateway.setSoTimeout(100);
        assertThrows(SocketTimeoutException.class, this::receive);
        assertEquals(0, sessions.find("lora-1").orElseThrow().nextCounter());
        gate.complete(null);
        gateway.setSoTimeout(3000);
        assertEquals("02000701", receive());
    }

    @Test void severalGatewaysHearAFrameAndItIsHandedOnOnce() throws Exception {
        gate = new CompletableFuture<>();
        send(1, 0, rxpk(frame(1, "a")));
        send(2, 0, rxpk(frame(1, "a"), frame(1, "a")));
        await(() -> stored.size() == 1);
        gate.complete(null);
        receive();
        receive();
        millis.addAndGet(1999);
        push(rxpk(frame(1, "a")));
        assertEquals(1, stored.size());
        assertTrue(codes.isEmpty());
    }

    @Test void aReplayIsQuarantinedAlsoAfterARestart() throws Exception {
        push(rxpk(frame(5, "a")));
        millis.addAndGet(2001);
        push(rxpk(frame(5, "a")));
        push(rxpk(frame(4, "b")));
        sessions.close();
        listener.close();
        sessions = new SessionTable(store, vault, clock);
        listener = new UdpListener("127.0.0.1", 0, new Uplinks(sessions, this::submit, () -> Optional.of(this), clock, new Uplinks.Rules(2000, 16_384)), 1000);
        push(rxpk(frame(5, "a")));
        assertEquals(List.of("lorawan.counter-replayed", "lorawan.counter-replayed", "lorawan.counter-replayed"), codes);
        assertEquals("lora-1", held.get(0).deviceId());
        assertEquals(1, stored.size());
        push(rxpk(frame(6, "c")));
        assertEquals(2, stored.size());
    }

    @Test void anotherFrameUnderACounterThatIsOnItsWayIsAReplay() throws Exception {
        gate = new CompletableFuture<>();
        send(1, 0, rxpk(frame(1, "a")));
        send(2, 0, rxpk(frame(1, "other")));
        await(() -> codes.equals(List.of("lorawan.counter-replayed")));
        gate.complete(null);
        assertEquals(1, stored.size());
    }

    @Test void badFramesGoToQuarantineAndTheirNeighboursInTheSameDatagramAreStored() throws Exception {
        var forged = frame(1, "x");
        forged[10] ^= 1;
        var stranger = Frames.up(0x11111111, 1, 5, new byte[3], new SecretKeySpec(NWK, "AES"), new SecretKeySpec(APP, "AES"));
        push(rxpk(forged, frame(1, "good"), stranger, new byte[] {1, 2, 3}, frame(2, "also")));
        assertEquals(List.of("lorawan.mic-wrong", "lorawan.unknown-device", "lorawan.frame-malformed"), codes);
        assertEquals("", held.get(0).deviceId());
        assertEquals(List.of("good", "also"), stored.stream().map(a -> new String(a.payload(), StandardCharsets.UTF_8)).toList());
        push(rxpk(frame(20_000, "far")));
        push(rxpk(frame(3, "near")).replace("\"stat\":1", "\"stat\":-1"));
        assertEquals(List.of("lorawan.counter-gap", "lorawan.crc-failed"), codes.subList(3, 5));
        for (var junk : new String[] {"", "{", "{\"rxpk\":17}", "{\"rxpk\":[{\"data\":\"@@@@\"}]}", "[".repeat(5000), "{\"rxpk\":[17,null]}", rxpk(frame(3, "near")).replace("\"size\":", "\"size\":1")}) push(junk);
        assertTrue(codes.subList(5, codes.size()).stream().allMatch("lorawan.datagram-malformed"::equals));
        assertEquals(8, codes.size() - 5); // one of them has two bad entries
        send(1, 3, ""); // a kind that a gateway does not send
        gateway.send(new DatagramPacket(new byte[] {2, 0, 0}, 3, new InetSocketAddress("127.0.0.1", listener.port())));
        push(rxpk(frame(3, "near")));
        assertEquals(3, stored.size());
    }

    @Test void whatIsRefusedIsNotAcknowledgedAndItsRepetitionIsTaken() throws Exception {
        answer = arrival -> new Outcome.Refused(new Problem("disk.full", "", "", "space"));
        send(7, 0, rxpk(frame(1, "a")));
        gateway.setSoTimeout(200);
        assertThrows(SocketTimeoutException.class, this::receive);
        answer = arrival -> new Outcome.Accepted(1, 1, 0);
        gateway.setSoTimeout(3000);
        push(rxpk(frame(1, "a")));
        assertTrue(codes.isEmpty());
        assertEquals(2, stored.size());
    }

    @Test void commandsOfTheRadioLayerUseTheirCounterAndAreNoReading() throws Exception {
        var body = ByteBuffer.allocate(8).order(java.nio.ByteOrder.LITTLE_ENDIAN).put((byte) 0x80).putInt(ADDRESS).put((byte) 0).putShort((short) 9).array();
        push(rxpk(Frames.signed(body, ADDRESS, 9, new SecretKeySpec(NWK, "AES"))));
        assertTrue(stored.isEmpty() && codes.isEmpty());
        assertEquals(10, sessions.find("lora-1").orElseThrow().nextCounter());
    }

    @Test void devicesMayShareAnAddressAndTheIntegrityCodeTellsThemApart() throws Exception {
        sessions.activate("lora-2", "26011bda", APP, NWK, 0);
        push(rxpk(Frames.up(ADDRESS, 1, 5, new byte[] {1}, new SecretKeySpec(APP, "AES"), new SecretKeySpec(NWK, "AES")), frame(1, "one")));
        assertEquals(List.of("lora-2", "lora-1"), stored.stream().map(Arrival::deviceId).toList());
    }

    @Test void theCounterGoesOnBeyond16Bits() throws Exception {
        sessions.activate("lora-1", "26011bda", NWK, APP, 65_530);
        push(rxpk(frame(65_535, "a")));
        push(rxpk(frame(65_536, "b")));
        push(rxpk(frame(65_540, "c")));
        assertEquals(List.of(65_535L, 65_536L, 65_540L), stored.stream().map(a -> a.counter().orElseThrow()).toList());
    }

    // The container died after the journal had the frame and before its counter was stored.
    @Test void aCounterThatOnlyTheJournalKnowsIsLearntFromIt() throws Exception {
        millis.addAndGet(1000);
        sessions.setJournal(journal(41, clock.instant()));
        assertEquals(42, sessions.find("lora-1").orElseThrow().nextCounter());
        sessions.activate("lora-1", "26011bda", NWK, APP, 0);
        sessions.setJournal(journal(41, clock.instant().minusSeconds(5))); // of the former session
        assertEquals(0, sessions.find("lora-1").orElseThrow().nextCounter());
    }

    private static Journal journal(long counter, Instant receivedAt) {
        var entry = new Entry("lora-1", "lorawan", "p@1", Hash.sha256(new byte[0]), false, OptionalLong.of(counter), receivedAt, new byte[0], new ReadingBlock(List.of(), new long[0], new double[0][]));
        return (Journal) Proxy.newProxyInstance(GatewayTest.class.getClassLoader(), new Class<?>[] {Journal.class}, (proxy, method, args) -> switch (method.getName()) {
            case "nextSequence" -> 1L;
            case "read" -> List.of(stored(entry));
            case "newest" -> InvocationHandler.invokeDefault(proxy, method, args);
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static StoredEntry stored(Entry entry) {
        return new StoredEntry(0, new byte[0], Hash.sha256(new byte[0]), entry);
    }

    @Test void aSessionIsCheckedAndItsKeysStayInside() {
        assertThrows(CarboException.Invalid.class, () -> sessions.activate("d", "26011bd", NWK, APP, 0));
        assertThrows(CarboException.Invalid.class, () -> sessions.activate("d", "26011bda", new byte[15], APP, 0));
        assertThrows(CarboException.Invalid.class, () -> sessions.activate("d", "26011bda", NWK, null, 0));
        assertThrows(CarboException.Invalid.class, () -> sessions.activate("d", "26011bda", NWK, APP, 1L << 32));
        assertFalse(sessions.find("lora-1").toString().contains("44024241"));
        sessions.end("lora-1");
        assertTrue(sessions.find("lora-1").isEmpty() && new SessionTable(store, vault, clock).find("lora-1").isEmpty());
    }

    @Test void theComponentOffersOneEndpoint() throws Exception {
        try (var camel = new DefaultCamelContext()) {
            camel.addComponent("carbomt-lorawan", new LorawanComponent(null, sessions, clock));
            assertEquals("carbomt-lorawan://udp", camel.getEndpoint("carbomt-lorawan:udp").getEndpointUri());
            assertThrows(Exception.class, () -> camel.getEndpoint("carbomt-lorawan:tcp"));
        }
    }
}
