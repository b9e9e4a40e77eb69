package org.carbomt.field.mqttbroker;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.carbomt.api.device.Devices;
import org.carbomt.api.intake.Intake;
import org.carbomt.api.telemetry.Measured;
import org.carbomt.api.telemetry.Metric;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * {@code carbomt-mqtt:devices} listens for MQTT clients and gives their readings to one route: an exchange carries the messages that arrived
 * together, as a list of arrivals, and must come back with the list of their outcomes. The broker listens while that route runs.
 */
@org.osgi.service.component.annotations.Component(service = {Component.class, Measured.class}, property = "scheme=carbomt-mqtt", configurationPid = "org.carbomt.field.mqttbroker")
@Designate(ocd = MqttBroker.Config.class)
public final class MqttBroker extends DefaultComponent implements Measured {
    /** Settings. */
    @ObjectClassDefinition(name = "CARBO MT: MQTT broker")
    public @interface Config {
        @AttributeDefinition(description = "Address to listen on; 0.0.0.0 for all")
        String host() default "127.0.0.1";

        @AttributeDefinition(description = "Port of plain MQTT; -1: off")
        int port() default 1883;

        @AttributeDefinition(description = "Port of MQTT over TLS 1.3; 0: off")
        int tlsPort() default 0;

        @AttributeDefinition(description = "PKCS#12 file with the key and the certificate chain for TLS")
        String keyStore() default "";

        @AttributeDefinition(description = "Its password")
        String keyStorePassword() default "";

        @AttributeDefinition(description = "Most clients at once")
        int connections() default 10_000;

        @AttributeDefinition(description = "Largest message taken, bytes")
        int messageBytes() default 256 * 1024;

        @AttributeDefinition(description = "Messages a client may send before their acknowledgement, QoS 1 and 2")
        int receiveMaximum() default 1000;

        @AttributeDefinition(description = "Longest keep-alive, seconds")
        int keepAliveSeconds() default 600;

        @AttributeDefinition(description = "Most messages that are handed on together")
        int batch() default 4096;

        @AttributeDefinition(description = "How long a stopping broker waits for what it has handed on, milliseconds")
        long drainMillis() default 3000;
    }

    private final Settings settings;
    private final Devices devices;
    private final Clock clock;
    private final AtomicReference<Intake> quarantine = new AtomicReference<>();
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

    @Activate
    public MqttBroker(Config config, @Reference Devices devices, @Reference Clock clock) {
        this(new Settings(config.host(), config.port(), tls(config), config.connections(), config.messageBytes(), config.receiveMaximum(), config.keepAliveSeconds(),
                config.batch(), config.drainMillis()), devices, clock);
    }

    MqttBroker(Settings settings, Devices devices, Clock clock) {
        this.settings = settings;
        this.devices = devices;
        this.clock = clock;
    }

    private static Optional<Settings.Tls> tls(Config config) {
        if (config.tlsPort() == 0) return Optional.empty();
        if (config.keyStore().isBlank()) throw new IllegalArgumentException("keyStore is empty; expected a PKCS#12 file, since tlsPort = " + config.tlsPort());
        return Optional.of(new Settings.Tls(config.tlsPort(), Path.of(config.keyStore()), config.keyStorePassword()));
    }

    /** Takes what an authenticated device sent to a topic that is none. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void setIntake(Intake intake) {
        quarantine.set(intake);
    }

    void unsetIntake(Intake intake) {
        quarantine.compareAndSet(intake, null);
    }

    Listener listener(Batches.Door door) {
        var listener = new Listener(settings, devices, clock, door, () -> Optional.ofNullable(quarantine.get()));
        listeners.add(listener);
        return listener;
    }

    void close(Listener listener) {
        listeners.remove(listener);
        listener.close();
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.gauge("carbomt_mqtt_clients", "Clients that are connected.", listeners.stream().mapToInt(Listener::clients).sum()),
                Metric.gauge("carbomt_mqtt_unanswered_bytes", "Messages taken and not acknowledged, bytes.", listeners.stream().mapToLong(Listener::unansweredBytes).sum()));
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        if (!remaining.equals("devices")) throw new IllegalArgumentException(uri + ": expected carbomt-mqtt:devices");
        return new MqttEndpoint(uri, this);
    }
}
