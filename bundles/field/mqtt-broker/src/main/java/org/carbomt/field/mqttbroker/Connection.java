package org.carbomt.field.mqttbroker;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.carbomt.api.Problem;
import org.carbomt.api.device.Devices;
import org.carbomt.api.intake.Arrival;
import org.carbomt.api.intake.Intake;
import org.carbomt.api.intake.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client. Packets come on its event loop, outcomes on the thread that settles batches. */
final class Connection extends ChannelInboundHandlerAdapter implements Batches.Sender {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONNECT_WITHIN_SECONDS = 10;
    private static final int UNANSWERED_MESSAGES = 8192;
    private static final int BURST = 1024;
    /** How long a client of 3.1.1 whose message was refused stays connected: it sends again only after it has connected anew. */
    private static final long PAUSE_AFTER_REFUSAL_MILLIS = 1000;
    /** How long a client that was told to go may take to hear it. */
    private static final long LINGER_MILLIS = 2000;

    /** What all connections share. */
    record Surroundings(Settings settings, Devices devices, Clock clock, Batches batches, Clients clients, Supplier<Optional<Intake>> quarantine) {}

    private final Surroundings around;
    private final Map<Integer, Boolean> exactlyOnce = new ConcurrentHashMap<>();
    private final Set<String> subscriptions = ConcurrentHashMap.newKeySet();
    private final AtomicInteger unansweredQos1 = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger unansweredBytes = new AtomicInteger();
    /** Readings that came in one go: they are handed on together, or the first would travel to the disk alone and the others wait for it. On the event loop. */
    private final List<Batches.Message> burst = new ArrayList<>();
    private final AtomicBoolean leaving = new AtomicBoolean();
    private ChannelHandlerContext context;
    private volatile Session session;
    private Topics topics;
    private boolean properlyClosed;
    private volatile boolean stopping;
    /** Acknowledgements of the batch that is being settled. */
    private ByteBuf acks;

    Connection(Surroundings around) {
        this.around = around;
    }

    String deviceId() {
        return session.deviceId();
    }

    String key() {
        return session.deviceId() + "/" + session.clientId();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        added.executor().schedule(() -> {
            if (session == null) added.close();
        }, CONNECT_WITHIN_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object packet) {
        try {
            var message = (MqttMessage) packet;
            if (leaving.get()) return;
            if (message.decoderResult().isFailure()) malformed(message.decoderResult().cause());
            else if (session == null) connect(message);
            else take(message);
        } finally {
            ReferenceCountUtil.release(packet);
        }
    }

    private void malformed(Throwable cause) {
        LOG.debug("{} sent what is no MQTT", context.channel().remoteAddress(), cause);
        if (cause instanceof io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException) {
            leaving.set(true);
            context.writeAndFlush(Answers.refused(io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION, "")).addListener(ChannelFutureListener.CLOSE);
        } else if (cause instanceof TooLongFrameException) {
            end(Answers.TOO_LARGE, "packet; expected at most " + around.settings.messageBytes() + " bytes");
        } else {
            end(Answers.MALFORMED, "packet; expected one of MQTT 3.1.1 or 5");
        }
    }

    private void connect(MqttMessage message) {
        if (!(message instanceof MqttConnectMessage connect)) {
            context.close();
            return;
        }
        var admission = Session.admit(connect, around.settings, around.devices, around.clients.full());
        if (admission.session() == null) {
            LOG.info("MQTT client at {} refused: {}", context.channel().remoteAddress(), admission.why());
            leaving.set(true);
            context.writeAndFlush(admission.refusal()).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        session = admission.session();
        topics = Topics.of(session.deviceId());
        if (session.idleSeconds() > 0) context.pipeline().addBefore(context.name(), "idle", new IdleStateHandler(session.idleSeconds(), 0, 0));
        around.clients.join(this);
        context.writeAndFlush(session.welcome());
        LOG.debug("MQTT client {} connected", key());
    }

    private void take(MqttMessage message) {
        switch (message.fixedHeader().messageType()) {
            case PUBLISH -> publish((MqttPublishMessage) message);
            case PUBREL -> {
                int id = ((MqttMessageIdVariableHeader) message.variableHeader()).messageId();
                context.writeAndFlush(Answers.completed(id, session.five(), exactlyOnce.remove(id) != null));
            }
            case SUBSCRIBE -> subscribe((MqttSubscribeMessage) message);
            case UNSUBSCRIBE -> unsubscribe((MqttUnsubscribeMessage) message);
            case PINGREQ -> context.writeAndFlush(Answers.pong());
            case DISCONNECT -> {
                // 0x04: the client goes, but wants its will published
                properlyClosed = !(message.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader h && h.reasonCode() == 0x04);
                context.close();
            }
            case PUBACK, PUBREC, PUBCOMP -> LOG.debug("{} answered a message that wants no answer", key());
            default -> end(Answers.PROTOCOL_ERROR, message.fixedHeader().messageType() + " at this place");
        }
    }

    private void publish(MqttPublishMessage message) {
        var topic = message.variableHeader().topicName();
        int qos = message.fixedHeader().qosLevel().value();
        int id = message.variableHeader().packetId();
        if (session.five() && message.variableHeader().properties().getProperty(MqttPropertyType.TOPIC_ALIAS.value()) != null) {
            end(Answers.ALIAS_INVALID, "topic alias; expected none");
            return;
        }
        if (qos == 2 && exactlyOnce.containsKey(id)) {
            if (exactlyOnce.get(id)) answer(qos, id, 0, "");
            return;
        }
        if (qos > 0 && session.five() && unansweredQos1.get() + exactlyOnce.size() >= around.settings.receiveMaximum()) {
            end(Answers.RECEIVE_MAXIMUM, "more than " + around.settings.receiveMaximum() + " messages without waiting for their acknowledgement");
            return;
        }
        if (topic.equals(topics.readings())) {
            reading(message, topics.readings(), qos, id);
        } else if (topic.equals(topics.status())) {
            var payload = ByteBufUtil.getBytes(message.payload());
            if (message.fixedHeader().isRetain()) around.clients.retain(topic, payload);
            around.clients.deliver(session.deviceId(), topic, payload);
            if (qos == 2) exactlyOnce.put(id, true);
            answer(qos, id, 0, "");
        } else if (topics.mayWrite(topic)) {
            unknownTopic(topic, ByteBufUtil.getBytes(message.payload()), qos, id);
        } else {
            var problem = new Problem("topic.forbidden", "topic", topic, topics.readings());
            LOG.warn("{}: {}", key(), problem.sentence());
            if (session.five() && qos > 0) answer(qos, id, Answers.NOT_AUTHORIZED, problem.sentence());
            else end(Answers.NOT_AUTHORIZED, problem.sentence());
        }
    }

    private void reading(MqttPublishMessage message, String topic, int qos, int id) {
        var payload = ByteBufUtil.getBytes(message.payload());
        if (qos == 1) unansweredQos1.incrementAndGet();
        if (qos == 2) exactlyOnce.put(id, false);
        int count = unanswered.incrementAndGet();
        int bytes = unansweredBytes.addAndGet(payload.length);
        var type = session.five() && message.variableHeader().properties().getProperty(MqttPropertyType.CONTENT_TYPE.value()) instanceof MqttProperties.StringProperty p ? p.value() : Topics.contentType(payload);
        burst.add(new Batches.Message(this, id, qos, Arrival.of("mqtt", topic, session.deviceId(), payload, type, around.clock.instant())));
        if (burst.size() >= BURST) handOn();
        if (count >= UNANSWERED_MESSAGES || bytes >= Settings.UNANSWERED_BYTES_OF_ONE || around.batches.unansweredBytes() >= Settings.UNANSWERED_BYTES_OF_ALL) pause();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        handOn();
    }

    private void handOn() {
        if (burst.isEmpty()) return;
        around.batches.add(burst);
        burst.clear();
    }

    /** Whoever owns what is unanswered reads on when it is answered. */
    private void pause() {
        context.channel().config().setAutoRead(false);
        if (unanswered.get() == 0 && !stopping) context.channel().config().setAutoRead(true);
    }

    /** A message of a device we know, to a topic that means nothing: kept, with the reason. */
    private void unknownTopic(String topic, byte[] payload, int qos, int id) {
        var problem = new Problem("topic.unknown", "topic", topic, topics.readings());
        var door = around.quarantine.get();
        if (door.isPresent()) {
            door.get().quarantine(Arrival.of("mqtt", topic, session.deviceId(), payload, Topics.contentType(payload), around.clock.instant()), problem);
        } else {
            LOG.warn("{}: {}", key(), problem.sentence());
        }
        if (!session.five() && qos == 2) exactlyOnce.put(id, true);
        tell(problem);
        answer(qos, id, session.five() ? Answers.TOPIC_INVALID : 0, problem.sentence());
    }

    private void answer(int qos, int id, int reason, String text) {
        if (qos == 0) return;
        var out = context.alloc().buffer();
        if (reason == 0) Answers.received(out, qos, id);
        else Answers.received(out, qos, id, reason, session.reasons() ? text : "", session.mostBytes());
        context.writeAndFlush(out);
    }

    private void subscribe(MqttSubscribeMessage message) {
        if (session.five() && message.idAndPropertiesVariableHeader().properties().getProperty(MqttPropertyType.SUBSCRIPTION_IDENTIFIER.value()) != null) {
            end(Answers.IDENTIFIERS_UNSUPPORTED, "subscription identifier; expected none");
            return;
        }
        var reasons = new ArrayList<Integer>();
        var retained = new LinkedHashMap<String, byte[]>();
        for (var wanted : message.payload().topicSubscriptions()) {
            var filter = wanted.topicFilter();
            if (topics.mayRead(filter)) {
                boolean added = subscriptions.add(filter);
                var kept = around.clients.retained(filter);
                var handling = wanted.option().retainHandling().value(); // 0: send, 1: send when new, 2: do not
                if (kept != null && (handling == 0 || handling == 1 && added)) retained.put(filter, kept);
                reasons.add(0);
            } else {
                LOG.info("{} may not subscribe to {}", key(), filter);
                reasons.add(!session.five() ? 0x80 : filter.startsWith("$share/") ? Answers.SHARED_UNSUPPORTED : Answers.NOT_AUTHORIZED);
            }
        }
        context.writeAndFlush(Answers.subscribed(message.variableHeader().messageId(), reasons));
        retained.forEach((topic, payload) -> send(topic, payload, true));
    }

    private void unsubscribe(MqttUnsubscribeMessage message) {
        var reasons = new ArrayList<Short>();
        for (var filter : message.payload().topics()) reasons.add((short) (subscriptions.remove(filter) ? 0 : 0x11));
        context.writeAndFlush(Answers.unsubscribed(message.variableHeader().messageId(), reasons));
    }

    /** Sends to the client what it has subscribed to, with QoS 0. Left out when it is larger than the client takes. Any thread. */
    void send(String topic, byte[] payload, boolean retained) {
        if (!subscriptions.contains(topic) || Answers.publishBytes(topic, payload) > session.mostBytes() || !context.channel().isWritable()) return;
        context.writeAndFlush(Answers.publish(topic, payload, retained));
    }

    @Override
    public void settle(Batches.Message message, Outcome outcome) {
        if (acks == null) acks = context.alloc().buffer(1024);
        if (message.qos() == 1) unansweredQos1.decrementAndGet();
        unanswered.decrementAndGet();
        unansweredBytes.addAndGet(-message.arrival().payload().length);
        if (outcome instanceof Outcome.Accepted) good(message);
        else if (outcome instanceof Outcome.Quarantined held) quarantined(message, held.problem());
        else if (outcome instanceof Outcome.Refused refused) refused(message, refused.problem());
    }

    private void good(Batches.Message message) {
        if (message.qos() == 2) exactlyOnce.computeIfPresent(message.packetId(), (id, before) -> true);
        if (message.qos() > 0) Answers.received(acks, message.qos(), message.packetId());
    }

    private void quarantined(Batches.Message message, Problem problem) {
        tell(problem);
        if (session.five()) bad(message, Answers.PAYLOAD_INVALID, problem);
        else good(message);
    }

    private void refused(Batches.Message message, Problem problem) {
        if (message.qos() == 0) {
            LOG.warn("{}: a message with QoS 0 is lost: {}", key(), problem.sentence());
        } else if (session.five()) {
            bad(message, problem.code().equals("quarantine.full") ? Answers.QUOTA : Answers.IMPLEMENTATION, problem);
        } else {
            LOG.warn("{}: not acknowledged: {}", key(), problem.sentence());
            context.executor().schedule(() -> context.close(), PAUSE_AFTER_REFUSAL_MILLIS, TimeUnit.MILLISECONDS);
        }
        tell(problem);
    }

    private void bad(Batches.Message message, int reason, Problem problem) {
        if (message.qos() == 2) exactlyOnce.remove(message.packetId());
        if (message.qos() > 0) Answers.received(acks, message.qos(), message.packetId(), reason, session.reasons() ? problem.sentence() : "", session.mostBytes());
    }

    /** The problem as JSON, to whoever of the device listens to its errors. */
    private void tell(Problem problem) {
        try {
            around.clients.deliver(session.deviceId(), topics.errors(), JSON.writeValueAsBytes(Map.of("code", problem.code(), "field", problem.field(), "value", problem.value(), "expected", problem.expected())));
        } catch (IOException e) {
            throw new IllegalStateException("four strings are JSON", e);
        }
    }

    @Override
    public void flush() {
        var out = acks;
        acks = null;
        if (out == null) return;
        if (out.isReadable()) context.writeAndFlush(out);
        else out.release();
        var config = context.channel().config();
        if (!config.isAutoRead() && !stopping && unanswered.get() <= UNANSWERED_MESSAGES / 2 && (unanswered.get() == 0 || unansweredBytes.get() <= Settings.UNANSWERED_BYTES_OF_ONE / 2 && around.batches.unansweredBytes() < Settings.UNANSWERED_BYTES_OF_ALL)) config.setAutoRead(true);
    }

    void takenOver() {
        end(Answers.TAKEN_OVER, "another connection came with the same client identifier");
    }

    /** Takes nothing more from the socket. */
    void stopReading() {
        stopping = true;
        context.channel().config().setAutoRead(false);
    }

    void shutDown() {
        properlyClosed = true;
        end(Answers.SHUTTING_DOWN, "");
    }

    private void end(int reason, String text) {
        if (!leaving.compareAndSet(false, true)) return;
        if (session != null && session.five()) context.writeAndFlush(Answers.disconnect(reason, session.reasons() ? text : "")).addListener(sent -> hangUp());
        else context.close();
    }

    /** Lets the reason arrive: a socket closed while bytes of the client lie unread is reset, and what was just sent is lost with it. */
    private void hangUp() {
        if (stopping || !(context.channel() instanceof SocketChannel socket)) {
            context.close();
            return;
        }
        var tls = context.pipeline().get(SslHandler.class);
        if (tls == null) socket.shutdownOutput();
        else tls.closeOutbound().addListener(said -> socket.shutdownOutput());
        context.channel().config().setAutoRead(true);
        context.executor().schedule(() -> context.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent) end(Answers.KEEP_ALIVE, "nothing came for " + session.idleSeconds() + " s");
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        leaving.set(true);
        if (session == null) return;
        handOn();
        around.clients.leave(this);
        if (!properlyClosed) session.will().ifPresent(this::publish);
    }

    private void publish(Session.Will will) {
        if (will.topic().equals(topics.readings())) {
            unanswered.incrementAndGet();
            unansweredBytes.addAndGet(will.payload().length);
            burst.add(new Batches.Message(this, 0, 0, Arrival.of("mqtt", will.topic(), session.deviceId(), will.payload(), Topics.contentType(will.payload()), around.clock.instant())));
            handOn();
            return;
        }
        if (will.retain()) around.clients.retain(will.topic(), will.payload());
        around.clients.deliver(session.deviceId(), will.topic(), will.payload());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) LOG.debug("{} is gone", ctx.channel().remoteAddress(), cause);
        else LOG.warn("{}: connection closed: {}", ctx.channel().remoteAddress(), cause.toString());
        ctx.close();
    }
}
