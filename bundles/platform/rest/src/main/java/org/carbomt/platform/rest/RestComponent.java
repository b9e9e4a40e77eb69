package org.carbomt.platform.rest;

import jakarta.servlet.Servlet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.carbomt.api.telemetry.HealthCheck;
import org.carbomt.api.telemetry.Measured;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the API and the live events before the web server. */
@Component(service = {}, immediate = true, configurationPid = "org.carbomt.platform.rest", configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = RestComponent.Config.class)
public final class RestComponent {
    private static final Logger LOG = LoggerFactory.getLogger(RestComponent.class);

    @ObjectClassDefinition(name = "CARBO MT: REST API")
    public @interface Config {
        @AttributeDefinition(description = "Parts that this container should have; one that is absent is shown as absent. Empty: all")
        String[] expectedParts() default {};
    }

    private final Map<Class<?>, ServiceTracker<?, ?>> trackers = new ConcurrentHashMap<>();
    private final EventStreams streams;
    private final List<ServiceRegistration<?>> services = new ArrayList<>();

    @Activate
    public RestComponent(BundleContext context, Config config, @Reference Clock clock, @Reference EventHub hub) {
        var parts = new Tracked(context);
        var door = new Door(AccessTable.shipped(), parts, clock);
        streams = new EventStreams(door, hub, clock);
        var expected = expected(config.expectedParts());
        var api = new Api(parts, door, clock, context.getBundle().getVersion().toString(), expected);
        services.add(register(context, api, "/api/v1/*"));
        services.add(register(context, streams, "/api/v1/events"));
        services.add(context.registerService(Measured.class, api::metrics, null));
        for (var check : PartChecks.of(parts, expected)) services.add(context.registerService(HealthCheck.class, check, null));
        LOG.info("REST API at /api/v1");
    }

    /** A .cfg file gives a list as one text with commas. */
    static Set<String> expected(String... configured) {
        return Arrays.stream(configured).flatMap(p -> Arrays.stream(p.split(","))).map(String::strip).filter(p -> !p.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }

    private static ServiceRegistration<Servlet> register(BundleContext context, Servlet servlet, String pattern) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("osgi.http.whiteboard.servlet.pattern", pattern);
        properties.put("osgi.http.whiteboard.servlet.asyncSupported", true);
        return context.registerService(Servlet.class, servlet, properties);
    }

    @Deactivate
    void stop() throws Exception {
        services.forEach(ServiceRegistration::unregister);
        streams.close();
        trackers.values().forEach(ServiceTracker::close);
    }

    private final class Tracked implements Parts {
        private static final String OURS = "org.carbomt.";
        private final BundleContext context;

        Tracked(BundleContext context) {
            this.context = context;
        }

        @Override
        public List<String> notStarted() {
            return Arrays.stream(context.getBundles()).filter(b -> b.getSymbolicName() != null && b.getSymbolicName().startsWith(OURS) && b.getState() != Bundle.ACTIVE)
                    .map(b -> b.getSymbolicName().substring(OURS.length())).sorted().toList();
        }

        @Override
        public <T> Optional<T> find(Class<T> type) {
            return Optional.ofNullable(type.cast(trackers.computeIfAbsent(type, t -> {
                var tracker = new ServiceTracker<>(context, t, null);
                tracker.open();
                return tracker;
            }).getService()));
        }
    }
}
