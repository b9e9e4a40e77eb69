package org.carbomt.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.carbomt.demo.Api;
import org.carbomt.demo.LoraFrame;
import org.carbomt.demo.Site;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bad input by each protocol: a clear error where the protocol can, an entry in quarantine, and neighbours unharmed. */
class BadInputIT {
    private static final HexFormat HEX = HexFormat.of();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Container container;
    private static Country country;
    private static Api admin;

    @BeforeAll
    static void start() {
        container = new Container("bad-input", "edge");
        container.start();
        admin = container.admin();
        for (var id : new String[] {"http-1", "mqtt-1"}) {
            admin.put("/devices/" + id, Map.of("siteId", "lab", "profileId", "mq-board", "name", id, "addresses", Map.of(), "syntheticChannels", java.util.List.of(), "enabled", true));
        }
        admin.put("/devices/lora-1", Map.of("siteId", "lab", "profileId", "elsys-ers-co2", "name", "lora", "addresses", Map.of("lorawan.devAddr", "26011bda"), "syntheticChannels", java.util.List.of(), "enabled", true));
        admin.put("/devices/lora-1/lorawan", Map.of("devAddr", "26011bda", "nwkSKey", "44024241ed4ce9a68c6a8bc055233fd3", "appSKey", "ec925802ae430ca77fd3dd73cb2cc588", "nextCounter", 0));
    }

    @AfterAll
    static void stop() {
        container.close();
    }

    private static String secret(String device) {
        return container.keys().find(device).orElseGet(() -> container.keys().keep(device, admin.post("/devices/" + device + "/secret", Map.of()).get("secret").asText()));
    }

    private static HttpResponse<String> post(String device, String secret, String type, String body) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(container.base().resolve("/ingest/" + device)).header("Authorization", "Bearer " + secret).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static boolean quarantined(String code) {
        return admin.get("/quarantine?limit=200").toString().contains("\"" + code);
    }

    @Test
    void httpSaysWhatIsWrong() throws Exception {
        var now = Instant.now().toString();
        var secret = secret("http-1");
        String[][] cases = {
            {"{\"time\":\"" + now + "\",\"pm25\":", "422"},
            {"{\"time\":\"" + now + "\",\"pm25\":\"NaN\"}", "422"},
            {"{\"time\":\"" + now + "\",\"pm25\":NaN}", "422"},
            {"{\"time\":\"" + now + "\",\"pm25\":1e400}", "422"},
            {"{\"time\":\"2100-01-01T00:00:00Z\",\"pm25\":8}", "422"},
            {"{\"time\":\"1999-01-01T00:00:00Z\",\"pm25\":8}", "422"},
            {"{\"time\":\"" + now + "\",\"pm25\":8,\"units\":{\"pm25\":\"furlong\"}}", "422"},
        };
        for (var c : cases) {
            var answer = post("http-1", secret, "application/json", c[0]);
            assertEquals(c[1], String.valueOf(answer.statusCode()), c[0] + " gave " + answer.body());
            assertTrue(answer.body().contains("code") && answer.body().contains("expected"), answer.body());
        }
        assertTrue(quarantined("time.future") && quarantined("time.ancient") && quarantined("unit.wrong"));
        assertEquals(401, post("http-1", "wrong", "application/json", "{}").statusCode());
        assertEquals(401, post("no-such-device", secret, "application/json", "{}").statusCode());
        assertEquals(415, post("http-1", secret, "application/pdf", "{}").statusCode());
        assertEquals(413, post("http-1", secret, "text/csv", "time,pm25\n" + "0,1\n".repeat(5_000_000)).statusCode());
        assertEquals(200, post("http-1", secret, "application/json", "{\"time\":\"" + Instant.now() + "\",\"pm25\":8}").statusCode());
    }

    @Test
    void httpStoresADuplicateOnceAndQuarantinesAContradiction() throws Exception {
        var secret = secret("http-1");
        var time = Instant.now().minusSeconds(60);
        var body = "{\"time\":\"" + time + "\",\"pm25\":11}";
        assertTrue(post("http-1", secret, "application/json", body).body().contains("\"stored\":1"));
        var again = post("http-1", secret, "application/json", body);
        assertEquals(200, again.statusCode());
        assertTrue(again.body().contains("\"duplicates\":1"), again.body());
        assertEquals(422, post("http-1", secret, "application/json", "{\"time\":\"" + time + "\",\"pm25\":12}").statusCode());
        assertTrue(quarantined("reading.conflict"));
    }

    private static MqttClient mqtt(String user, String password) throws MqttException {
        var client = new MqttClient("tcp://127.0.0.1:" + container.mqtt, "it-" + user + System.nanoTime(), new MemoryPersistence());
        var options = new MqttConnectionOptions();
        options.setUserName(user);
        options.setPassword(password.getBytes(StandardCharsets.UTF_8));
        options.setConnectionTimeout(5);
        client.connect(options);
        return client;
    }

    @Test
    void mqttRefusesStrangersAndForeignTopicsAndKeepsBadPayloads() throws Exception {
        org.junit.jupiter.api.Assertions.assertThrows(MqttException.class, () -> mqtt("mqtt-1", "wrong"));
        var good = mqtt("mqtt-1", secret("mqtt-1"));
        good.publish("devices/mqtt-1/readings", "{\"pm25\":".getBytes(StandardCharsets.UTF_8), 1, false);
        Container.await("quarantine of the malformed message", 10, () -> admin.get("/quarantine?device=mqtt-1&limit=10"), q -> q.get("items").size() > 0);
        try {
            good.publish("devices/http-1/readings", "{\"pm25\":1}".getBytes(StandardCharsets.UTF_8), 1, false);
        } catch (MqttException e) {
            assertTrue(e.getMessage() != null);
        }
        good.disconnectForcibly(0, 0, false);
        good.close(true);
        // bytes that are no MQTT at all, beside a neighbour that goes on
        var neighbour = mqtt("mqtt-1", secret("mqtt-1"));
        try (var socket = new Socket("127.0.0.1", container.mqtt)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(HEX.parseHex("10ffffffff7f00044d515454050200000000"));
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals(-1, socket.getInputStream().readNBytes(1000).length == 0 ? -1 : socket.getInputStream().read(), "the broker hangs up");
        }
        var message = new MqttMessage(("{\"time\":\"" + Instant.now() + "\",\"pm25\":7}").getBytes(StandardCharsets.UTF_8));
        message.setQos(1);
        neighbour.publish("devices/mqtt-1/readings", message);
        neighbour.disconnect();
        neighbour.close();
    }

    private static boolean push(String json) throws Exception {
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(3_000);
            var body = json.getBytes(StandardCharsets.UTF_8);
            var packet = ByteBuffer.allocate(12 + body.length).put((byte) 2).putShort((short) 7).put((byte) 0).put(HEX.parseHex("0016c001ff10a235")).put(body).array();
            socket.send(new DatagramPacket(packet, packet.length, new InetSocketAddress("127.0.0.1", container.udp)));
            var answer = new DatagramPacket(new byte[64], 64);
            socket.receive(answer);
            return answer.getData()[3] == 1;
        }
    }

    private static String rxpk(byte[] frame) {
        return "{\"rxpk\":[{\"tmst\":1,\"freq\":868.5,\"stat\":1,\"modu\":\"LORA\",\"datr\":\"SF7BW125\",\"codr\":\"4/5\",\"rssi\":-51,\"lsnr\":9.5,\"size\":" + frame.length + ",\"data\":\"" + Base64.getEncoder().encodeToString(frame) + "\"}]}";
    }

    @Test
    void lorawanKeepsForgedAndReplayedFramesOut() throws Exception {
        var nwk = HEX.parseHex("44024241ed4ce9a68c6a8bc055233fd3");
        var app = HEX.parseHex("ec925802ae430ca77fd3dd73cb2cc588");
        var payload = HEX.parseHex("0100e202290400270506060308");
        var frame = LoraFrame.dataUp(0x26011bda, 5, 5, payload, nwk, app);
        assertTrue(push(rxpk(frame)));
        Container.await("the good frame", 10, () -> admin.get("/devices/lora-1"), d -> !d.path("lastSeen").isMissingNode() && !d.get("lastSeen").isNull());
        java.util.concurrent.locks.LockSupport.parkNanos(2_500_000_000L); // beyond the window in which two gateways may hear one frame
        push(rxpk(frame));
        Container.await("quarantine of the replay", 10, () -> quarantined("lorawan.counter-replayed"), b -> b);
        var forged = frame.clone();
        forged[10] ^= 1;
        push(rxpk(forged));
        Container.await("quarantine of the forgery", 10, () -> quarantined("lorawan.mic-wrong"), b -> b);
        push(rxpk(LoraFrame.dataUp(0x11111111, 1, 5, payload, nwk, app)));
        Container.await("quarantine of the unknown device", 10, () -> quarantined("lorawan.unknown-device"), b -> b);
        for (var junk : new String[] {"", "{", "{\"rxpk\":17}", "{\"rxpk\":[{\"data\":\"@@@@\"}]}", "[".repeat(5000)}) {
            try {
                push(junk);
            } catch (java.net.SocketTimeoutException e) {
                assertTrue(true, "no acknowledgement for junk is an answer too");
            }
        }
        assertTrue(push(rxpk(LoraFrame.dataUp(0x26011bda, 6, 5, payload, nwk, app))), "the neighbour goes on");
        assertEquals(2, entries("lora-1"));
    }

    private static long entries(String device) {
        long count = 0;
        for (long from = 0;;) {
            var page = admin.get("/journal/entries?from=" + from + "&limit=500").get("items");
            if (page.isEmpty()) return count;
            for (var e : page) {
                if (e.toString().contains("\"" + device + "\"")) count++;
                from = e.get("sequence").asLong() + 1;
            }
        }
    }
}
