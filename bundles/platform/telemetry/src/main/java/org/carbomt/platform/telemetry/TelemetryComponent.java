package org.carbomt.platform.telemetry;

import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.carbomt.api.telemetry.HealthCheck;
import org.carbomt.api.telemetry.Measured;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts figures and health before the web server. */
@Component(service = {}, immediate = true, configurationPid = "org.carbomt.platform.telemetry", configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = TelemetryComponent.Config.class)
public final class TelemetryComponent {
    private static final Logger LOG = LoggerFactory.getLogger(TelemetryComponent.class);

    @ObjectClassDefinition(name = "CARBO MT: telemetry")
    public @interface Config {
        @AttributeDefinition(description = "File with the key that Prometheus sends as bearer token, made when it is not there; empty: data/carbomt/metrics.key")
        String keyFile() default "";
    }

    private final ServiceTracker<Measured, Measured> parts;
    private final ServiceTracker<HealthCheck, HealthCheck> checks;
    private final List<ServiceRegistration<Servlet>> servlets;

    @Activate
    public TelemetryComponent(BundleContext context, Config config) throws IOException {
        parts = tracker(context, Measured.class);
        checks = tracker(context, HealthCheck.class);
        var file = config.keyFile().isEmpty() ? Path.of(System.getProperty("karaf.data", "data"), "carbomt", "metrics.key") : Path.of(config.keyFile());
        var jvm = new PrometheusRegistry();
        JvmMetrics.builder().register(jvm);
        servlets = List.of(register(context, new MetricsServlet(MetricsKey.of(file, new SecureRandom()), jvm, () -> services(parts), () -> services(checks)), "/metrics"),
                register(context, new HealthServlet(() -> services(checks)), "/health/*"));
        LOG.info("figures at /metrics for whoever has the key in {}; health at /health/live and /health/ready", file);
    }

    private static <T> ServiceTracker<T, T> tracker(BundleContext context, Class<T> type) {
        var tracker = new ServiceTracker<T, T>(context, type, null);
        tracker.open();
        return tracker;
    }

    /** The newest first: of a part and its successor the successor speaks. */
    private static <T> List<T> services(ServiceTracker<T, T> tracker) {
        ServiceReference<T>[] references = tracker.getServiceReferences();
        if (references == null) return List.of();
        return Arrays.stream(references).sorted(Comparator.comparing((ServiceReference<T> r) -> (Long) r.getProperty("service.id")).reversed()).map(tracker::getService).filter(Objects::nonNull).toList();
    }

    private static ServiceRegistration<Servlet> register(BundleContext context, Servlet servlet, String pattern) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("osgi.http.whiteboard.servlet.pattern", pattern);
        return context.registerService(Servlet.class, servlet, properties);
    }

    @Deactivate
    void stop() {
        servlets.forEach(ServiceRegistration::unregister);
        Stream.of(parts, checks).forEach(ServiceTracker::close);
    }
}
