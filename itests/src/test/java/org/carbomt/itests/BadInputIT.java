package org.carbomt.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carbomt.demo.Api;
import org.carbomt.demo.LoraFrame;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bad input by each protocol: a clear error where the protocol can, an entry in quarantine with its reason, and neighbours unharmed. */
class BadInputIT {
    private static final HexFormat HEX = HexFormat.of();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final byte[] NETWORK_KEY = HEX.parseHex("44024241ed4ce9a68c6a8bc055233fd3");
    private static final byte[] APPLICATION_KEY = HEX.parseHex("ec925802ae430ca77fd3dd73cb2cc588");
    private static final int DEV_ADDR = 0x26011bda;
    /** Vendor's example of Elsys: 22.6 degrees, 41 %, 39 lx, 6, 776 ppm. */
    private static final byte[] READING = HEX.parseHex("0100e202290400270506060308");
    private static Container container;
    private static Api admin;

    /** A message and what must be said of it. @param text for the board's profile */
    record Bad(String text, String code) {}

    private static List<Bad> badReadings() {
        var now = Instant.now().toString();
        return List.of(
                new Bad("{\"time\":\"" + now + "\",\"pm25\":", "payload.malformed"),
                new Bad("", "payload.empty"),
                new Bad("[" + "[".repeat(5_000), "payload.malformed"),
                new Bad("{\"time\":\"" + now + "\",\"pm25\":\"NaN\"}", "value.malformed"),
                new Bad("{\"time\":\"" + now + "\",\"pm25\":NaN}", "payload.malformed"),
                new Bad("{\"time\":\"" + now + "\",\"pm25\":1e400}", "value.malformed"),
                new Bad("{\"time\":\"" + now + "\",\"pm25\":-1}", "value.out-of-range"),
                new Bad("{\"time\":\"2100-01-01T00:00:00Z\",\"pm25\":8}", "time.future"),
                new Bad("{\"time\":\"1999-01-01T00:00:00Z\",\"pm25\":8}", "time.ancient"),
                new Bad("{\"time\":\"the day before yesterday\",\"pm25\":8}", "time.malformed"),
                new Bad("{\"time\":\"" + now + "\",\"pm25\":8,\"units\":{\"pm25\":\"furlong\"}}", "unit.wrong"),
                new Bad("{\"time\":\"" + now + "\",\"plutonium\":8}", "field.unknown"));
    }

    @BeforeAll
    static void start() {
        container = new Container("bad-input", "edge");
        container.start();
        admin = container.admin();
        for (var id : List.of("http-1", "http-2", "mqtt-1", "mqtt-2")) {
            admin.put("/devices/" + id, Map.of("siteId", "lab", "profileId", "mq-board", "name", id, "addresses", Map.of(), "syntheticChannels", List.of(), "enabled", true));
        }
        admin.put("/devices/mqtt-off", Map.of("siteId", "lab", "profileId", "mq-board", "name", "off", "addresses", Map.of(), "syntheticChannels", List.of(), "enabled", false));
        admin.put("/devices/lora-1", Map.of("siteId", "lab", "profileId", "elsys-ers-co2", "name", "lora", "addresses", Map.of("lorawan.devAddr", "26011bda"), "syntheticChannels", List.of(), "enabled", true));
        admin.put("/devices/lora-1/lorawan", Map.of("devAddr", "26011bda", "nwkSKey", HEX.formatHex(NETWORK_KEY), "appSKey", HEX.formatHex(APPLICATION_KEY), "nextCounter", 0));
    }

    @AfterAll
    static void stop() {
        container.close();
    }

    private static String secret(String device) {
        return container.secret(device);
    }

    private static HttpResponse<String> post(String device, String secret, String type, String body) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(container.base().resolve("/ingest/" + device)).header("Authorization", "Bearer " + secret).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String good(double pm25) {
        return "{\"time\":\"" + Instant.now() + "\",\"pm25\":" + pm25 + "}";
    }

    /** The newest quarantine entry of that device and code, kept with its payload. */
    private static Optional<JsonNode> held(String device, String code) {
        for (var e : admin.get("/quarantine?limit=500").get("items")) {
            if (e.get("deviceId").asText("").equals(device) && e.get("problem").get("code").asText().equals(code)) return Optional.of(e);
        }
        return Optional.empty();
    }

    private static void awaitHeld(String device, String code) {
        Container.await("quarantine of " + code, 10, () -> held(device, code), Optional::isPresent);
    }

    @Test
    void httpSaysWhatIsWrongAndKeepsIt() throws Exception {
        var secret = secret("http-1");
        for (var bad : badReadings()) {
            var answer = post("http-1", secret, "application/json", bad.text());
            assertEquals(422, answer.statusCode(), bad + " gave " + answer.body());
            var problem = Api.JSON.readTree(answer.body());
            assertEquals(bad.code(), problem.get("code").asText(), bad + " gave " + answer.body());
            assertFalse(problem.get("expected").asText().isEmpty(), answer.body());
            var kept = held("http-1", bad.code()).orElseThrow();
            if (kept.get("id").equals(problem.get("quarantineId"))) assertEquals(bad.text(), new String(kept.get("payload").binaryValue(), StandardCharsets.UTF_8));
            assertEquals(200, post("http-2", secret("http-2"), "application/json", good(8)).statusCode(), "the neighbour after " + bad);
        }
        assertEquals(0, entries("http-1"));
    }

    @Test
    void httpRefusesStrangersAndWhatIsNoReadingAtAll() throws Exception {
        var secret = secret("http-1");
        assertEquals(401, post("http-1", "wrong", "application/json", "{}").statusCode());
        assertEquals(401, post("http-1", secret("http-2"), "application/json", "{}").statusCode(), "the neighbour's secret");
        assertEquals(401, post("no-such-device", secret, "application/json", "{}").statusCode());
        assertEquals(415, post("http-1", secret, "application/pdf", "{}").statusCode());
        assertEquals(413, post("http-1", secret, "text/csv", "time,pm25\n" + "0,1\n".repeat(5_000_000)).statusCode());
    }

    @Test
    void httpKeepsTheGoodRowsOfABatch() throws Exception {
        var now = Instant.now();
        var batch = "[{\"time\":\"" + now.minusSeconds(3) + "\",\"pm25\":1},{\"time\":\"2100-01-01T00:00:00Z\",\"pm25\":2},{\"time\":\"" + now.minusSeconds(1) + "\",\"pm25\":3}]";
        long before = rows("http-2");
        assertEquals(422, post("http-2", secret("http-2"), "application/json", batch).statusCode());
        assertEquals(2, rows("http-2") - before);
    }

    @Test
    void httpStoresADuplicateOnceAndQuarantinesAContradiction() throws Exception {
        var secret = secret("http-2");
        var time = Instant.now().minusSeconds(60);
        var body = "{\"time\":\"" + time + "\",\"pm25\":11}";
        assertTrue(post("http-2", secret, "application/json", body).body().contains("\"stored\":1"));
        var again = post("http-2", secret, "application/json", body);
        assertEquals(200, again.statusCode());
        assertTrue(again.body().contains("\"stored\":0,\"duplicates\":1"), again.body());
        assertEquals(422, post("http-2", secret, "application/json", "{\"time\":\"" + time + "\",\"pm25\":12}").statusCode());
        assertTrue(held("http-2", "reading.conflict").isPresent());
    }

    private static MqttWire mqtt(String device, int version) throws Exception {
        return new MqttWire(container.mqtt, "it-" + device + "-" + version, device, secret(device), version);
    }

    @Test
    void mqtt5SaysWhatIsWrongAndKeepsIt() throws Exception {
        long before = entries("mqtt-1");
        try (var device = mqtt("mqtt-1", 5); var neighbour = mqtt("mqtt-2", 5)) {
            for (var bad : badReadings()) {
                assertEquals(0x99, device.answer("devices/mqtt-1/readings", bad.text()), bad.toString());
                assertTrue(held("mqtt-1", bad.code()).isPresent(), bad.toString());
                assertEquals(0, neighbour.answer("devices/mqtt-2/readings", good(5)), "the neighbour after " + bad);
            }
            assertEquals(before, entries("mqtt-1"));
            // another's topic, and one that means nothing
            assertEquals(0x87, device.answer("devices/mqtt-2/readings", good(1)));
            assertEquals(0x90, device.answer("devices/mqtt-1/nonsense", good(1)));
            awaitHeld("mqtt-1", "topic.unknown");
            // the limit is 256 KiB, announced at connection
            device.publish("devices/mqtt-1/readings", new byte[300_000]);
            assertEquals(0x95, device.ended());
            assertEquals(0, neighbour.answer("devices/mqtt-2/readings", good(6)));
        }
    }

    // 3.1.1 has no way to say no to a message: it is acknowledged, since it is kept
    @Test
    void mqtt3AcknowledgesWhatItQuarantines() throws Exception {
        try (var device = mqtt("mqtt-1", 4)) {
            assertEquals(0, device.answer("devices/mqtt-1/readings", "{\"mqtt3\":"));
            assertTrue(held("mqtt-1", "payload.malformed").isPresent());
            assertEquals(0, device.answer("devices/mqtt-1/readings", good(9)));
        }
    }

    @Test
    void mqttRefusesStrangers() throws Exception {
        secret("mqtt-1");
        for (int version : new int[] {4, 5}) {
            int no = version == 5 ? 0x86 : 4;
            assertEquals(no, assertThrows(MqttWire.Refused.class, () -> new MqttWire(container.mqtt, "x", "mqtt-1", "wrong", version)).reason);
            assertEquals(no, assertThrows(MqttWire.Refused.class, () -> new MqttWire(container.mqtt, "x", "nobody", "wrong", version)).reason);
            assertEquals(no, assertThrows(MqttWire.Refused.class, () -> new MqttWire(container.mqtt, "x", "mqtt-off", secret("mqtt-off"), version)).reason);
        }
    }

    @Test
    void mqttHangsUpOnWhatIsNoMqtt() throws Exception {
        try (var neighbour = mqtt("mqtt-2", 5)) {
            for (var junk : List.of(HEX.parseHex("10ffffffff7f00044d515454050200000000"), "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII), HEX.parseHex("320a0001610001303132333435"))) {
                try (var socket = new Socket("127.0.0.1", container.mqtt)) {
                    socket.setSoTimeout(15_000);
                    socket.getOutputStream().write(junk);
                    socket.getInputStream().readAllBytes(); // returns when the broker has hung up
                }
                assertEquals(0, neighbour.answer("devices/mqtt-2/readings", good(7)));
            }
        }
    }

    private static byte[] frame(int counter, byte[] payload) throws Exception {
        return LoraFrame.dataUp(DEV_ADDR, counter, 5, payload, NETWORK_KEY, APPLICATION_KEY);
    }

    @Test
    void lorawanKeepsForgedReplayedAndOddFramesOut() throws Exception {
        try (var gateway = new Gateway(container.udp, 5_000)) {
            var first = frame(5, READING);
            assertTrue(gateway.push(Gateway.heard(first, Optional.empty())));
            assertEquals(1, entries("lora-1"));
            java.util.concurrent.locks.LockSupport.parkNanos(2_500_000_000L); // beyond the window in which two gateways may hear one frame
            gateway.push(Gateway.heard(first, Optional.empty()));
            awaitHeld("lora-1", "lorawan.counter-replayed");
            gateway.push(Gateway.heard(frame(4, READING), Optional.empty()));
            Container.await("quarantine of the lower counter", 10, () -> held("lora-1", "lorawan.counter-replayed"), h -> h.orElseThrow().get("problem").get("value").asText().equals("4"));
            var forged = frame(6, READING);
            forged[10] ^= 1;
            gateway.push(Gateway.heard(forged, Optional.empty()));
            awaitHeld("", "lorawan.mic-wrong");
            gateway.push(Gateway.heard(LoraFrame.dataUp(0x11111111, 1, 5, READING, NETWORK_KEY, APPLICATION_KEY), Optional.empty()));
            awaitHeld("", "lorawan.unknown-device");
            gateway.push(Gateway.heard(new byte[300], Optional.empty()));
            awaitHeld("", "lorawan.frame-malformed");
            // rightly sealed by the device, but no reading that can be used
            gateway.push(Gateway.heard(frame(7, HEX.parseHex("ee0102")), Optional.empty()));
            awaitHeld("lora-1", "field.unknown");
            gateway.push(Gateway.heard(frame(8, READING), Optional.of(Instant.parse("2100-01-01T00:00:00Z"))));
            awaitHeld("lora-1", "time.future");
            gateway.push(Gateway.heard(frame(9, READING), Optional.of(Instant.parse("1999-01-01T00:00:00Z"))));
            awaitHeld("lora-1", "time.ancient");
            for (var junk : List.of("", "{", "{\"rxpk\":17}", "{\"rxpk\":[{\"data\":\"@@@@\"}]}", "[".repeat(5_000), "x".repeat(60_000))) gateway.push(junk);
            awaitHeld("", "lorawan.datagram-malformed");
            assertTrue(gateway.push(Gateway.heard(frame(10, READING), Optional.empty())), "the good one after them");
            assertEquals(2, entries("lora-1"));
        }
    }

    private static long entries(String device) {
        return JournalCopy.of(admin).stream().filter(r -> r.device().equals(device)).map(JournalCopy.Row::sequence).distinct().count();
    }

    private static long rows(String device) {
        return JournalCopy.of(admin).stream().filter(r -> r.device().equals(device)).count();
    }
}
