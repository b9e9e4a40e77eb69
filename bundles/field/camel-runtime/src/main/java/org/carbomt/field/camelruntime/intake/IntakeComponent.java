package org.carbomt.field.camelruntime.intake;

import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.carbomt.api.intake.Intake;

/**
 * {@code carbomt-intake:readings} submits the arrivals of a message to the intake; the exchange completes when they are durable, and the
 * body becomes the list of outcomes. {@code carbomt-intake:quarantine} is the dead letter: it keeps the arrivals with the reason.
 *
 * <p>Options, for messages of a stock component whose body is bytes: {@code topicHeader} and {@code topicPattern} (e.g.
 * {@code devices/{deviceId}/readings}) give the device, {@code protocol} the name of the protocol. {@code failOnRefused=true} makes the
 * exchange fail when anything was refused, so that a consumer that acknowledges on success does not.
 */
public final class IntakeComponent extends DefaultComponent {
    public static final String SCHEME = "carbomt-intake";
    private final Supplier<Intake> intake;
    private final Clock clock;

    /** @param intake gives null while there is none */
    public IntakeComponent(Supplier<Intake> intake) {
        this(intake, Clock.systemUTC());
    }

    public IntakeComponent(Supplier<Intake> intake, Clock clock) {
        this.intake = intake;
        this.clock = clock;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        if (!remaining.equals("readings") && !remaining.equals("quarantine")) {
            throw new IllegalArgumentException(uri + ": expected carbomt-intake:readings or carbomt-intake:quarantine");
        }
        var protocol = getAndRemoveParameter(parameters, "protocol", String.class, "mqtt");
        var header = getAndRemoveParameter(parameters, "topicHeader", String.class, "CamelMqttTopic");
        var pattern = getAndRemoveParameter(parameters, "topicPattern", String.class, "devices/{deviceId}/readings");
        var failOnRefused = getAndRemoveParameter(parameters, "failOnRefused", Boolean.class, false);
        var arrivals = new Arrivals(protocol, header, pattern, clock);
        return new IntakeEndpoint(uri, this, intake, arrivals, remaining.equals("quarantine"), failOnRefused);
    }
}
