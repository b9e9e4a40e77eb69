package org.carbomt.field.mqttbroker;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.carbomt.api.device.Devices;

/**
 * What was agreed at CONNECT.
 *
 * @param five MQTT 5; else 3.1.1
 * @param idleSeconds the connection is closed when nothing came for so long: 1.5 times the keep-alive; 0: never
 * @param will published when the connection is lost
 * @param mostBytes largest packet the client takes
 * @param reasons whether it wants reason strings
 * @param welcome the CONNACK
 */
record Session(String deviceId, String clientId, boolean five, int idleSeconds, Optional<Will> will, long mostBytes, boolean reasons, MqttMessage welcome) {

    record Will(String topic, byte[] payload, boolean retain) {}

    /** Either is null. */
    record Admission(Session session, MqttMessage refusal, String why) {}

    static Admission admit(MqttConnectMessage connect, Settings settings, Devices devices, boolean full) {
        var header = connect.variableHeader();
        var given = connect.payload();
        var five = header.version() == 5;
        if (header.version() < 4) return refused(MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION, "protocol version " + header.version() + "; expected MQTT 3.1.1 or 5", false);
        if (five && header.properties().getProperty(MqttPropertyType.AUTHENTICATION_METHOD.value()) != null) {
            return refused(MqttConnectReturnCode.CONNECTION_REFUSED_BAD_AUTHENTICATION_METHOD, "authentication method; expected user name and password", true);
        }
        var deviceId = given.userName();
        var password = given.passwordInBytes();
        if (deviceId == null || password == null || !devices.authenticate(deviceId, new String(password, StandardCharsets.UTF_8))) {
            return refused(five ? MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD : MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD,
                    "user name or password; expected the id of an enabled device and its secret", five);
        }
        if (full) {
            return refused(five ? MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_BUSY : MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE, "there are " + settings.connections() + " clients; try again later", five);
        }
        var clientId = given.clientIdentifier() == null ? "" : given.clientIdentifier();
        var assigned = clientId.isEmpty();
        if (assigned && !five && !header.isCleanSession()) return refused(MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED, "client identifier is empty; expected one, or a clean session", false);
        if (assigned) clientId = "auto-" + UUID.randomUUID();
        Optional<Will> will = Optional.empty();
        if (header.isWillFlag()) {
            var own = Topics.of(deviceId);
            if (!own.readings().equals(given.willTopic()) && !own.status().equals(given.willTopic())) {
                return refused(five ? MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5 : MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED, "will topic " + given.willTopic() + "; expected " + own.status() + " or " + own.readings(), five);
            }
            will = Optional.of(new Will(given.willTopic(), given.willMessageInBytes(), header.isWillRetain()));
        }
        int keepAlive = header.keepAliveTimeSeconds();
        if (five && (keepAlive == 0 || keepAlive > settings.keepAliveSeconds())) keepAlive = settings.keepAliveSeconds();
        var welcome = MqttMessageBuilders.connAck().returnCode(MqttConnectReturnCode.CONNECTION_ACCEPTED).sessionPresent(false)
                .properties(five ? promises(header.keepAliveTimeSeconds(), keepAlive, assigned ? clientId : "", settings, number(header.properties(), MqttPropertyType.SESSION_EXPIRY_INTERVAL, 0) > 0) : MqttProperties.NO_PROPERTIES).build();
        var mostBytes = five ? number(header.properties(), MqttPropertyType.MAXIMUM_PACKET_SIZE, Integer.MAX_VALUE) : Integer.MAX_VALUE;
        if (mostBytes <= 0) mostBytes = Integer.MAX_VALUE;
        var reasons = number(header.properties(), MqttPropertyType.REQUEST_PROBLEM_INFORMATION, 1) != 0;
        return new Admission(new Session(deviceId, clientId, five, keepAlive + keepAlive / 2, will, mostBytes, reasons, welcome), null, "");
    }

    private static MqttProperties promises(int askedKeepAlive, int keepAlive, String assignedId, Settings settings, boolean wantsSession) {
        var properties = new MqttProperties();
        integer(properties, MqttPropertyType.RECEIVE_MAXIMUM, settings.receiveMaximum());
        integer(properties, MqttPropertyType.MAXIMUM_PACKET_SIZE, settings.messageBytes());
        integer(properties, MqttPropertyType.WILDCARD_SUBSCRIPTION_AVAILABLE, 0);
        integer(properties, MqttPropertyType.SUBSCRIPTION_IDENTIFIER_AVAILABLE, 0);
        integer(properties, MqttPropertyType.SHARED_SUBSCRIPTION_AVAILABLE, 0);
        if (wantsSession) integer(properties, MqttPropertyType.SESSION_EXPIRY_INTERVAL, 0);
        if (keepAlive != askedKeepAlive) integer(properties, MqttPropertyType.SERVER_KEEP_ALIVE, keepAlive);
        if (!assignedId.isEmpty()) properties.add(new MqttProperties.StringProperty(MqttPropertyType.ASSIGNED_CLIENT_IDENTIFIER.value(), assignedId));
        return properties;
    }

    private static void integer(MqttProperties properties, MqttPropertyType type, int value) {
        properties.add(new MqttProperties.IntegerProperty(type.value(), value));
    }

    private static long number(MqttProperties properties, MqttPropertyType type, long otherwise) {
        // four-byte properties come signed
        return properties.getProperty(type.value()) instanceof MqttProperties.IntegerProperty p ? Integer.toUnsignedLong(p.value()) : otherwise;
    }

    private static Admission refused(MqttConnectReturnCode code, String why, boolean five) {
        return new Admission(null, Answers.refused(code, five ? why : ""), why);
    }
}
