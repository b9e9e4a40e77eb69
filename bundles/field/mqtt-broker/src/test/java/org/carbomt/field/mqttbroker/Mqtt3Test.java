package org.carbomt.field.mqttbroker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3SubAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.carbomt.api.Problem;
import org.carbomt.api.intake.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the HiveMQ client, MQTT 3.1.1. */
class Mqtt3Test {
    private final World world = new World();
    private Listener listener;

    @BeforeEach void start() throws Exception {
        listener = world.listen(World.settings());
    }

    @AfterEach void stop() {
        world.gate.complete(null);
        listener.close();
    }

    private Mqtt3BlockingClient connected() {
        var client = MqttClient.builder().useMqttVersion3().identifier("c").serverHost("127.0.0.1").serverPort(listener.ports().get(0)).buildBlocking();
        client.connectWith().simpleAuth().username("d1").password(bytes("secret-1")).applySimpleAuth().send();
        return client;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test void aReadingComesThroughWithEveryQosAndOnlyThenIsItAcknowledged() throws Exception {
        var client = connected();
        for (var qos : MqttQos.values()) client.publishWith().topic("devices/d1/readings").qos(qos).payload(bytes("time,co2\n")).send();
        World.await("three readings", () -> world.submitted.size() == 3);
        assertEquals("text/csv", world.submitted.get(0).contentType());
        world.gate = new CompletableFuture<>();
        var sent = client.toAsync().publishWith().topic("devices/d1/readings").qos(MqttQos.AT_LEAST_ONCE).payload(bytes("{}")).send();
        World.await("the intake has it", () -> world.submitted.size() == 4);
        Thread.sleep(100);
        assertFalse(sent.isDone());
        world.gate.complete(null);
        sent.get(5, TimeUnit.SECONDS);
    }

    @Test void aRefusedReadingIsNotAcknowledgedAndTheClientMustConnectAgain() throws Exception {
        var client = connected();
        world.answer = arrival -> new Outcome.Refused(new Problem("disk.full", "", "", "space"));
        var sent = client.toAsync().publishWith().topic("devices/d1/readings").qos(MqttQos.AT_LEAST_ONCE).payload(bytes("{}")).send();
        World.await("closed", () -> !client.getState().isConnected());
        World.await("failed", sent::isCompletedExceptionally);
    }

    @Test void aQuarantinedReadingIsAcknowledgedAndItsReasonComesOnTheErrorsTopic() throws Exception {
        var client = connected();
        var heard = new CopyOnWriteArrayList<String>();
        client.toAsync().subscribeWith().topicFilter("devices/d1/errors").callback(p -> heard.add(new String(p.getPayloadAsBytes(), StandardCharsets.UTF_8))).send().join();
        world.answer = arrival -> new Outcome.Quarantined("q", new Problem("unit.wrong", "pm25", "furlong", "ug/m3"));
        client.publishWith().topic("devices/d1/readings").qos(MqttQos.AT_LEAST_ONCE).payload(bytes("{}")).send();
        World.await("the error", () -> heard.size() == 1);
        assertTrue(heard.get(0).contains("\"code\":\"unit.wrong\"") && heard.get(0).contains("\"expected\":\"ug/m3\""), heard.get(0));
    }

    @Test void aForeignTopicEndsTheConnectionAndAForeignSubscriptionIsRefused() throws Exception {
        var client = connected();
        assertThrows(Mqtt3SubAckException.class, () -> client.subscribeWith().topicFilter("devices/d2/errors").send());
        assertThrows(Exception.class, () -> client.publishWith().topic("devices/d2/readings").qos(MqttQos.AT_LEAST_ONCE).payload(bytes("{}")).send());
        World.await("closed", () -> !client.getState().isConnected());
        assertTrue(world.submitted.isEmpty());
    }

    @Test void aWrongSecretIsRefused() {
        var client = MqttClient.builder().useMqttVersion3().serverHost("127.0.0.1").serverPort(listener.ports().get(0)).buildBlocking();
        var e = assertThrows(Mqtt3ConnAckException.class, () -> client.connectWith().simpleAuth().username("d1").password(bytes("no")).applySimpleAuth().send());
        assertEquals(Mqtt3ConnAckReturnCode.BAD_USER_NAME_OR_PASSWORD, e.getMqttMessage().getReturnCode());
    }
}
