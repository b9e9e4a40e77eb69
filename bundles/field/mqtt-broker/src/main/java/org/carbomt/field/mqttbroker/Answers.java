package org.carbomt.field.mqttbroker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The packets that the broker sends. Reason codes: MQTT 5, section 2.4. */
final class Answers {
    static final int MALFORMED = 0x81;
    static final int PROTOCOL_ERROR = 0x82;
    static final int IMPLEMENTATION = 0x83;
    static final int NOT_AUTHORIZED = 0x87;
    static final int SHUTTING_DOWN = 0x8B;
    static final int KEEP_ALIVE = 0x8D;
    static final int TAKEN_OVER = 0x8E;
    static final int TOPIC_INVALID = 0x90;
    static final int ID_UNKNOWN = 0x92;
    static final int RECEIVE_MAXIMUM = 0x93;
    static final int ALIAS_INVALID = 0x94;
    static final int TOO_LARGE = 0x95;
    static final int QUOTA = 0x97;
    static final int PAYLOAD_INVALID = 0x99;
    static final int SHARED_UNSUPPORTED = 0x9E;
    static final int IDENTIFIERS_UNSUPPORTED = 0xA1;
    private static final int PUBACK = 0x40;
    private static final int PUBREC = 0x50;
    private static final int REASON_STRING = 0x1F;

    private Answers() {}

    /** PUBACK for QoS 1, PUBREC for QoS 2, of success: in the short form that both versions share. */
    static void received(ByteBuf out, int qos, int packetId) {
        out.writeByte(qos == 1 ? PUBACK : PUBREC).writeByte(2).writeShort(packetId);
    }

    /** The same with a reason, MQTT 5 only. @param text left out when empty or longer than the client takes */
    static void received(ByteBuf out, int qos, int packetId, int reason, String text, long mostBytes) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        int properties = bytes.length == 0 || bytes.length + 12L > mostBytes ? 0 : 3 + bytes.length;
        out.writeByte(qos == 1 ? PUBACK : PUBREC);
        variable(out, 3 + (properties < 128 ? 1 : 2) + properties);
        out.writeShort(packetId).writeByte(reason);
        variable(out, properties);
        if (properties > 0) out.writeByte(REASON_STRING).writeShort(bytes.length).writeBytes(bytes);
    }

    /** Section 1.5.5, values below 16,384. */
    private static void variable(ByteBuf out, int value) {
        if (value < 128) out.writeByte(value);
        else out.writeByte(value & 0x7f | 0x80).writeByte(value >>> 7);
    }

    static MqttMessage refused(MqttConnectReturnCode code, String text) {
        var properties = new MqttProperties();
        if (!text.isEmpty()) properties.add(new MqttProperties.StringProperty(REASON_STRING, text));
        return MqttMessageBuilders.connAck().returnCode(code).properties(properties).build();
    }

    static MqttMessage disconnect(int reason, String text) {
        var properties = new MqttProperties();
        if (!text.isEmpty()) properties.add(new MqttProperties.StringProperty(REASON_STRING, text));
        return new MqttMessage(header(MqttMessageType.DISCONNECT), new MqttReasonCodeAndPropertiesVariableHeader((byte) reason, properties));
    }

    static MqttMessage completed(int packetId, boolean five, boolean known) {
        if (!five || known) return new MqttMessage(header(MqttMessageType.PUBCOMP), MqttMessageIdVariableHeader.from(packetId));
        return new MqttMessage(header(MqttMessageType.PUBCOMP), new io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader(packetId, (byte) ID_UNKNOWN, MqttProperties.NO_PROPERTIES));
    }

    static MqttMessage subscribed(int packetId, List<Integer> reasons) {
        return new MqttSubAckMessage(header(MqttMessageType.SUBACK), new MqttMessageIdAndPropertiesVariableHeader(packetId, MqttProperties.NO_PROPERTIES), new MqttSubAckPayload(reasons));
    }

    static MqttMessage unsubscribed(int packetId, List<Short> reasons) {
        return new MqttUnsubAckMessage(header(MqttMessageType.UNSUBACK), new MqttMessageIdAndPropertiesVariableHeader(packetId, MqttProperties.NO_PROPERTIES), new MqttUnsubAckPayload(reasons));
    }

    static MqttMessage pong() {
        return new MqttMessage(header(MqttMessageType.PINGRESP));
    }

    static MqttMessage publish(String topic, byte[] payload, boolean retained) {
        return new MqttPublishMessage(new MqttFixedHeader(MqttMessageType.PUBLISH, false, MqttQoS.AT_MOST_ONCE, retained, 0), new MqttPublishVariableHeader(topic, 0), Unpooled.wrappedBuffer(payload));
    }

    /** Bytes of a publish packet with QoS 0, at most. */
    static long publishBytes(String topic, byte[] payload) {
        return 8L + ByteBufUtil.utf8Bytes(topic) + payload.length;
    }

    private static MqttFixedHeader header(MqttMessageType type) {
        return new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0);
    }
}
