package org.carbomt.field.lorawan;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.carbomt.api.intake.Intake;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * {@code carbomt-lorawan:udp} listens for gateways and gives the readings they hear to one route, as a list of arrivals; the route must come back
 * with the list of their outcomes. Listens while that route runs.
 */
@org.osgi.service.component.annotations.Component(service = Component.class, property = "scheme=carbomt-lorawan", configurationPid = "org.carbomt.field.lorawan")
@Designate(ocd = LorawanComponent.Config.class)
public final class LorawanComponent extends DefaultComponent {
    /** Settings. */
    @ObjectClassDefinition(name = "CARBO MT: LoRaWAN")
    public @interface Config {
        @AttributeDefinition(description = "Address to listen on; 0.0.0.0 for all")
        String host() default "127.0.0.1";

        @AttributeDefinition(description = "UDP port for gateways that speak the Semtech protocol")
        int port() default 1700;

        @AttributeDefinition(description = "How long after it was stored the same frame counts as heard by another gateway, milliseconds; later it is a replay")
        long sameFrameMillis() default 2000;

        @AttributeDefinition(description = "Most frames of a device that may be lost in a row (LoRaWAN 1.0.3: MAX_FCNT_GAP)")
        int counterGap() default 16_384;

        @AttributeDefinition(description = "How long a stopping listener waits for what it has handed on, milliseconds")
        long drainMillis() default 3000;
    }

    private final Config config;
    private final SessionTable sessions;
    private final Clock clock;
    private final AtomicReference<Intake> quarantine = new AtomicReference<>();

    @Activate
    public LorawanComponent(Config config, @Reference SessionTable sessions, @Reference Clock clock) {
        this.config = config;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Takes the frames that are nobody's. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void setIntake(Intake intake) {
        quarantine.set(intake);
    }

    void unsetIntake(Intake intake) {
        quarantine.compareAndSet(intake, null);
    }

    UdpListener listen(Uplinks.Door door) throws IOException {
        var rules = new Uplinks.Rules(config.sameFrameMillis(), config.counterGap());
        return new UdpListener(config.host(), config.port(), new Uplinks(sessions, door, () -> Optional.ofNullable(quarantine.get()), clock, rules), config.drainMillis());
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        if (!remaining.equals("udp")) throw new IllegalArgumentException(uri + ": expected carbomt-lorawan:udp");
        return new LorawanEndpoint(uri, this);
    }
}
