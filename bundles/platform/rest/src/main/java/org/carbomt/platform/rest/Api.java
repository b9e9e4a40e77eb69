package org.carbomt.platform.rest;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.carbomt.api.telemetry.Metric;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.servlet.ServletContainer;
import org.slf4j.MDC;

/**
 * Jersey with our resources, as one servlet. The bundle's class loader is the thread's while Jersey works. The web server may start it again (its settings
 * changed): each start has a Jersey of its own, for one that was started cannot be started twice.
 */
final class Api extends HttpServlet {
    private final transient Supplier<ResourceConfig> config;
    private final transient Requests requests = new Requests();
    private transient volatile ServletContainer jersey;

    Api(Parts parts, Door door, Clock clock, String version, Set<String> expected) {
        config = () -> config(parts, door, clock, version, expected);
    }

    static ResourceConfig config(Parts parts, Door door, Clock clock, String version, Set<String> expected) {
        var config = new ResourceConfig();
        config.registerInstances(resources(parts, clock, version, expected).toArray());
        config.registerInstances(new DoorFilter(door), new Json(), new Problems());
        config.property(ServerProperties.WADL_FEATURE_DISABLE, true);
        config.property(ServerProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true);
        config.property(ServerProperties.METAINF_SERVICES_LOOKUP_DISABLE, true);
        config.property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
        return config;
    }

    static List<Object> resources(Parts parts, Clock clock, String version, Set<String> expected) {
        return List.of(new StatusResource(parts, clock, version, expected), new DeviceResource(parts), new ProfileResource(parts), new JournalResource(parts), new QuarantineResource(parts), new SourceResource(parts),
                new ForecastResource(parts), new ModelResource(parts), new CaseResource(parts), new BatchResource(parts), new EvidenceResource(parts), new AccountResource(parts), new CreditResource(parts), new RetirementResource(parts), new SaleResource(parts), new MarketResource(parts), new OrderResource(parts), new SurveillanceResource(parts), new ChainResource(parts), new PeopleResource(parts));
    }

    @Override
    public void init() throws ServletException {
        var before = enter();
        try {
            var fresh = new ServletContainer(config.get());
            fresh.init(getServletConfig());
            jersey = fresh;
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        var before = enter();
        long start = System.nanoTime();
        var trace = TraceId.of(request.getHeader("traceparent"));
        response.setHeader(TraceId.ANSWER, trace);
        MDC.put(TraceId.KEY, trace);
        try {
            jersey.service(request, response);
        } finally {
            MDC.remove(TraceId.KEY);
            requests.add(request.getMethod(), response.getStatus(), System.nanoTime() - start);
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    List<Metric> metrics() {
        return requests.metrics();
    }

    @Override
    public void destroy() {
        jersey.destroy();
    }

    private static ClassLoader enter() {
        var before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(Api.class.getClassLoader());
        return before;
    }
}
