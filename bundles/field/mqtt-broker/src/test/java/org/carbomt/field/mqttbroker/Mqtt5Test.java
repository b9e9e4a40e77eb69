package org.carbomt.field.mqttbroker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.pubrec.Mqtt5PubRecReasonCode;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.carbomt.api.Problem;
import org.carbomt.api.intake.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the HiveMQ client, MQTT 5. */
class Mqtt5Test {
    private static final Problem PROBLEM = new Problem("unit.wrong", "pm25", "furlong", "ug/m3");
    private final World world = new World();
    private Listener listener;

    @BeforeEach void start() throws Exception {
        listener = world.listen(World.settings());
    }

    @AfterEach void stop() {
        world.gate.complete(null);
        listener.close();
    }

    private Mqtt5BlockingClient client(String identifier) {
        return MqttClient.builder().useMqttVersion5().identifier(identifier).serverHost("127.0.0.1").serverPort(listener.ports().get(0)).buildBlocking();
    }

    private Mqtt5BlockingClient connected(String device) {
        var client = client(device);
        connect(client, device, World.SECRETS.get(device));
        return client;
    }

    private static void connect(Mqtt5BlockingClient client, String device, String secret) {
        client.connectWith().simpleAuth().username(device).password(secret.getBytes(StandardCharsets.UTF_8)).applySimpleAuth().send();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test void aReadingComesThroughWithEveryQos() throws Exception {
        var client = connected("d1");
        for (var qos : MqttQos.values()) client.publishWith().topic("devices/d1/readings").qos(qos).payload(bytes("{\"q\":" + qos.getCode() + "}")).send();
        World.await("three readings", () -> world.submitted.size() == 3);
        var first = world.submitted.get(0);
        assertEquals("{\"q\":0}", new String(first.payload(), StandardCharsets.UTF_8));
        assertEquals("d1 mqtt application/json devices/d1/readings", first.deviceId() + " " + first.protocol() + " " + first.contentType() + " " + first.source());
        client.publishWith().topic("devices/d1/readings").qos(MqttQos.AT_LEAST_ONCE).contentType("application/cbor").payload(new byte[] {1}).send();
        assertEquals("application/cbor", world.submitted.get(3).contentType());
        client.disconnect();
    }

    @Test void isAcknowledgedOnlyWhenDurable() throws Exception {
        var client = connected("d1").toAsync();
        world.gate = new CompletableFuture<>();
        for (var qos : new MqttQos[] {MqttQos.AT_LEAST_ONCE, MqttQos.EXACTLY_ONCE}) {
            var known = world.submitted.size();
            var sent = client.publishWith().topic("devices/d1/readings").qos(qos).payload(bytes("{}")).send();
            World.await("the intake has it", () -> world.submitted.size() > known);
            Thread.sleep(100);
            assertFalse(sent.isDone());
            world.gate.complete(null);
            assertTrue(sent.join().getError().isEmpty());
            world.gate = new CompletableFuture<>();
        }
    }

    @Test void aBadReadingIsAnsweredWithCodeAndReasonAndTheNextIsUnharmed() {
        var client = connected("d1");
        world.answer = arrival -> new Outcome.Quarantined("q1", PROBLEM);
        var one = assertThrows(Mqtt5PubAckException.class, () -> client.publishWith().topic("devices/d1/readings").qos(MqttQos.AT_LEAST_ONCE).payload(bytes("x")).send());
        assertEquals(Mqtt5PubAckReasonCode.PAYLOAD_FORMAT_INVALID, one.getMqttMessage().getReasonCode());
        assertEquals(PROBLEM.sentence(), one.getMqttMessage().getReasonString().orElseThrow().toString());
        var two = assertThrows(Mqtt5PubRecException.class, () -> client.publishWith().topic("devices/d1/readings").qos(MqttQos.EXACTLY_ONCE).payload(bytes("x")).send());
        assertEquals(Mqtt5PubRecReasonCode.PAYLOAD_FORMAT_INVALID, two.getMqttMessage().getReasonCode());
        world.answer = arrival -> new Outcome.Accepted(2, 1, 0);
        client.publishWith().topic("devices/d1/readings").qos(MqttQos.AT_LEAST_ONCE).payload(bytes("{}")).send();
        client.disconnect();
    }

    @Test void aRefusalAndABrokenIntakeAreSaid() {
        var client = connected("d1");
        world.answer = arrival -> new Outcome.Refused(new Problem("disk.full", "", "", "space"));
        var refused = assertThrows(Mqtt5PubAckException.class, () -> client.publishWith().topic("devices/d1/readings").qos(MqttQos.AT_LEAST_ONCE).payload(bytes("{}")).send());
        assertEquals(Mqtt5PubAckReasonCode.IMPLEMENTATION_SPECIFIC_ERROR, refused.getMqttMessage().getReasonCode());
        world.answer = arrival -> {
            throw new IllegalStateException("broken");
        };
        assertThrows(Mqtt5PubAckException.class, () -> client.publishWith().topic("devices/d1/readings").qos(MqttQos.AT_LEAST_ONCE).payload(bytes("{}")).send());
        client.disconnect();
    }

    @Test void strangersAreRefused() {
        for (var pair : new String[][] {{"d1", "secret-2"}, {"d3", "secret-1"}, {"d1", ""}}) {
            var e = assertThrows(Mqtt5ConnAckException.class, () -> connect(client("c"), pair[0], pair[1]));
            assertEquals(Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD, e.getMqttMessage().getReasonCode());
        }
        assertThrows(Mqtt5ConnAckException.class, () -> client("c").connect());
    }

    @Test void aDeviceWritesAndReadsBelowItselfOnly() throws Exception {
        var client = connected("d1");
        for (var topic : new String[] {"devices/d2/readings", "devices/d1/errors", "other"}) {
            var e = assertThrows(Mqtt5PubAckException.class, () -> client.publishWith().topic(topic).qos(MqttQos.AT_LEAST_ONCE).payload(bytes("{}")).send());
            assertEquals(Mqtt5PubAckReasonCode.NOT_AUTHORIZED, e.getMqttMessage().getReasonCode(), topic);
        }
        var unknown = assertThrows(Mqtt5PubAckException.class, () -> client.publishWith().topic("devices/d1/reading").qos(MqttQos.AT_LEAST_ONCE).payload(bytes("{}")).send());
        assertEquals(Mqtt5PubAckReasonCode.TOPIC_NAME_INVALID, unknown.getMqttMessage().getReasonCode());
        assertEquals("topic.unknown", world.quarantined.get(0).code());
        assertTrue(world.submitted.isEmpty());
        for (var filter : new String[] {"#", "devices/d2/errors", "devices/+/errors", "devices/d1/readings"}) {
            assertThrows(Mqtt5SubAckException.class, () -> client.subscribeWith().topicFilter(filter).send(), filter);
        }
        client.subscribeWith().topicFilter("devices/d1/errors").send();
        client.disconnect();
    }

    @Test void statusIsRetainedAndTheWillIsPublishedWhenAClientIsLost() throws Exception {
        var watcher = connected("d1");
        var heard = new CopyOnWriteArrayList<String>();
        watcher.toAsync().subscribeWith().topicFilter("devices/d1/status").callback(p -> heard.add(p.isRetain() + " " + new String(p.getPayloadAsBytes(), StandardCharsets.UTF_8))).send().join();
        var lost = client("lost");
        lost.connectWith().simpleAuth().username("d1").password(bytes("secret-1")).applySimpleAuth()
                .willPublish().topic("devices/d1/status").qos(MqttQos.AT_LEAST_ONCE).retain(true).payload(bytes("lost")).applyWillPublish().send();
        var again = client("lost"); // takes its place
        connect(again, "d1", "secret-1");
        World.await("the will", () -> heard.contains("false lost"));
        var later = connected("d1");
        var kept = new CopyOnWriteArrayList<String>();
        later.toAsync().subscribeWith().topicFilter("devices/d1/status").callback(p -> kept.add(p.isRetain() + " " + new String(p.getPayloadAsBytes(), StandardCharsets.UTF_8))).send().join();
        World.await("the retained", () -> kept.contains("true lost"));
        assertThrows(Mqtt5ConnAckException.class, () -> client("w").connectWith().simpleAuth().username("d1").password(bytes("secret-1")).applySimpleAuth()
                .willPublish().topic("devices/d2/status").payload(bytes("x")).applyWillPublish().send());
    }

    @Test void limitsAreToldAndKept() throws Exception {
        var client = client("d1");
        var welcome = client.connectWith().simpleAuth().username("d1").password(bytes("secret-1")).applySimpleAuth().keepAlive(60_000).send();
        assertEquals(100, welcome.getRestrictions().getReceiveMaximum());
        assertEquals(256 * 1024, welcome.getRestrictions().getMaximumPacketSize());
        assertEquals(600, welcome.getServerKeepAlive().orElseThrow());
        var error = assertThrows(Exception.class, () -> client.publishWith().topic("devices/d1/readings").qos(MqttQos.AT_LEAST_ONCE).payload(new byte[300_000]).send());
        assertTrue(error.getMessage().contains("256") || error.getMessage().contains("262144") || error.getMessage().toLowerCase().contains("packet size"), error.getMessage());
        for (int i = 0; i < 19; i++) connect(client("many-" + i), "d2", "secret-2");
        var full = assertThrows(Mqtt5ConnAckException.class, () -> connect(client("one-more"), "d2", "secret-2"));
        assertEquals(Mqtt5ConnAckReasonCode.SERVER_BUSY, full.getMqttMessage().getReasonCode());
    }

    @Test void aStoppingBrokerAnswersWhatItTook() throws Exception {
        var client = connected("d1").toAsync();
        world.gate = new CompletableFuture<>();
        var sent = client.publishWith().topic("devices/d1/readings").qos(MqttQos.AT_LEAST_ONCE).payload(bytes("{}")).send();
        World.await("the intake has it", () -> world.submitted.size() == 1);
        var stopping = CompletableFuture.runAsync(listener::close);
        Thread.sleep(50);
        world.gate.complete(null);
        assertTrue(sent.join().getError().isEmpty());
        stopping.join();
        assertInstanceOf(RuntimeException.class, assertThrows(CompletionException.class, () -> client("n").toAsync().connect().join()));
    }
}
