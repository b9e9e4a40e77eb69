package org.carbomt.field.camelruntime.http;

import jakarta.servlet.Servlet;
import java.time.Clock;
import java.util.Hashtable;
import java.util.Map;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.carbomt.api.device.Devices;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code carbomt-http:} gives each message posted to {@code /ingest/{deviceId}} to one route. */
@org.osgi.service.component.annotations.Component(service = Component.class, property = "scheme=carbomt-http",
        configurationPid = "org.carbomt.field.camelruntime.http")
@Designate(ocd = HttpReadings.Config.class)
public final class HttpReadings extends DefaultComponent {
    /** Settings. */
    @ObjectClassDefinition(name = "CARBO MT: readings by HTTP")
    public @interface Config {
        @AttributeDefinition(description = "Largest body taken, bytes")
        int maxBodyBytes() default 16 * 1024 * 1024;

        @AttributeDefinition(description = "How long a sender is told to wait when a message is refused, seconds")
        int retryAfterSeconds() default 5;

        @AttributeDefinition(description = "How long an answer may take before the sender is told to repeat, milliseconds")
        long answerTimeoutMillis() default 30_000;
    }

    private final IngestServlet servlet;
    private final ServiceRegistration<Servlet> registration;

    @Activate
    public HttpReadings(Config config, BundleContext bundle, @Reference Devices devices, @Reference Clock clock) {
        servlet = new IngestServlet(devices, clock, config.maxBodyBytes(), config.retryAfterSeconds(), config.answerTimeoutMillis());
        var properties = new Hashtable<String, Object>();
        properties.put("osgi.http.whiteboard.servlet.pattern", "/ingest/*");
        properties.put("osgi.http.whiteboard.servlet.name", "carbomt-ingest");
        properties.put("osgi.http.whiteboard.servlet.asyncSupported", true);
        registration = bundle.registerService(Servlet.class, servlet, properties);
    }

    /** For use outside the container. */
    HttpReadings(IngestServlet servlet) {
        this.servlet = servlet;
        this.registration = null;
    }

    @Deactivate
    void unregister() {
        registration.unregister();
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new HttpEndpoint(uri, this, servlet);
    }
}
