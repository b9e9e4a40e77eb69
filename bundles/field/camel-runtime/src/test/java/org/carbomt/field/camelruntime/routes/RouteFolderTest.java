package org.carbomt.field.camelruntime.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.camel.Component;
import org.apache.camel.component.direct.DirectComponent;
import org.carbomt.api.intake.Arrival;
import org.carbomt.api.intake.Intake;
import org.carbomt.field.camelruntime.IntakeTwin;
import org.carbomt.field.camelruntime.intake.IntakeComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFolderTest {
    private static final String ROUTE = """
            - route:
                id: ingest.test
                errorHandler:
                  deadLetterChannel:
                    deadLetterUri: "carbomt-intake:quarantine"
                    useOriginalMessage: true
                from:
                  uri: "probe:in"
                  steps:
                    - to:
                        uri: "carbomt-intake:readings"
            """;
    private static final Arrival ARRIVAL = Arrival.of("test", "here", "d1", new byte[] {1}, "", Instant.EPOCH);
    @TempDir Path folder;
    private final IntakeTwin twin = new IntakeTwin();
    private final AtomicReference<Intake> intake = new AtomicReference<>(twin);
    private final RouteContext routes = new RouteContext(getClass().getClassLoader(), Duration.ofMillis(500));
    private RouteFolder watched;

    @BeforeEach void start() {
        routes.addComponent("carbomt-intake", new IntakeComponent(intake::get));
        watched = new RouteFolder(folder, Duration.ofMillis(20), routes);
        watched.start();
    }

    @AfterEach void stop() {
        watched.close();
        routes.close();
    }

    @Test void waitsForItsSchemeStartsWithItAndStopsWithIt() throws Exception {
        write("a.camel.yaml", ROUTE);
        write("b.camel.yaml", ROUTE.replace("ingest.test", "ingest.other").replace("probe:in", "direct:other"));
        await(() -> routes.routeIds().contains("ingest.other"));
        assertEquals(List.of("ingest.other"), routes.routeIds());
        Component probe = new DirectComponent();
        routes.addComponent("probe", probe);
        assertTrue(routes.routeIds().contains("ingest.test"));
        assertEquals(7, ((org.carbomt.api.intake.Outcome.Accepted) send(probe, "probe:in").get(0)).sequence());
        routes.removeComponent("probe", probe);
        assertEquals(List.of("ingest.other"), routes.routeIds());
        Component next = new DirectComponent();
        routes.addComponent("probe", next);
        assertEquals(1, send(next, "probe:in").size());
    }

    @Test void anEditedFileIsLoadedAgainAndARemovedOneStops() throws Exception {
        write("a.camel.yaml", ROUTE.replace("probe:in", "direct:one"));
        await(() -> routes.routeIds().contains("ingest.test"));
        write("a.camel.yaml", ROUTE.replace("probe:in", "direct:changed").replace("ingest.test", "ingest.renamed"));
        await(() -> routes.routeIds().equals(List.of("ingest.renamed")));
        Files.delete(folder.resolve("a.camel.yaml"));
        await(() -> routes.routeIds().isEmpty());
    }

    @Test void aBadFileIsReportedAndItsFormerRoutesRunOn() throws Exception {
        write("a.camel.yaml", ROUTE.replace("probe:in", "direct:one"));
        await(() -> routes.routeIds().contains("ingest.test"));
        write("a.camel.yaml", ROUTE.replace("steps:", "stepps:"));
        await(() -> routes.rejected().containsKey("a.camel.yaml"));
        assertEquals(List.of("ingest.test"), routes.routeIds());
        write("a.camel.yaml", "- route: [unclosed");
        await(() -> routes.rejected().getOrDefault("a.camel.yaml", "").contains("a.camel.yaml"));
        assertEquals(List.of("ingest.test"), routes.routeIds());
        write("a.camel.yaml", ROUTE.replace("probe:in", "direct:two"));
        await(() -> routes.rejected().isEmpty());
    }

    @Test void aRouteIdOfAnotherFileIsRefused() throws Exception {
        write("a.camel.yaml", ROUTE.replace("probe:in", "direct:one"));
        await(() -> routes.routeIds().contains("ingest.test"));
        write("b.camel.yaml", ROUTE.replace("probe:in", "direct:two"));
        await(() -> routes.rejected().getOrDefault("b.camel.yaml", "").contains("belongs to a.camel.yaml"));
        assertEquals(List.of("ingest.test"), routes.routeIds());
    }

    @Test void withoutAnIntakeEverythingIsRefusedAndAFailureGoesToTheDeadLetter() throws Exception {
        Component probe = new DirectComponent();
        routes.addComponent("probe", probe);
        routes.put("a.camel.yaml", ROUTE);
        intake.set(null);
        assertTrue(send(probe, "probe:in").get(0) instanceof org.carbomt.api.intake.Outcome.Refused);
        intake.set(twin);
        twin.gate = java.util.concurrent.CompletableFuture.failedFuture(new IllegalStateException("broken"));
        assertTrue(send(probe, "probe:in").get(0) instanceof org.carbomt.api.intake.Outcome.Quarantined);
        assertTrue(twin.quarantined.get(0).value().contains("broken"));
    }

    // The shipped files themselves, as far as they need no other bundle.
    @Test void theShippedRouteFilesAreGood() throws Exception {
        var shipped = Path.of("../../../camel-routes");
        for (var scheme : List.of("carbomt-mqtt", "carbomt-http", "carbomt-lorawan", "paho-mqtt5")) routes.addComponent(scheme, new Lenient());
        for (var name : List.of("ingest-mqtt.camel.yaml", "ingest-http.camel.yaml", "ingest-lorawan.camel.yaml", "ingest-mqtt-external.camel.yaml.example")) {
            var text = Files.readString(shipped.resolve(name)).replace("{{env:CARBOMT_EXTERNAL_MQTT_PASSWORD}}", "x");
            routes.put(name.replace(".example", ""), text);
        }
        assertEquals(java.util.Map.of(), routes.rejected());
        assertEquals(4, routes.routeIds().size());
    }

    @SuppressWarnings("unchecked")
    private static List<org.carbomt.api.intake.Outcome> send(Component component, String uri) throws Exception {
        try (var template = component.getCamelContext().createProducerTemplate()) {
            return (List<org.carbomt.api.intake.Outcome>) template.requestBody(uri, (Object) List.of(ARRIVAL));
        }
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(folder.resolve(name), text);
    }

    private static void await(BooleanSupplier condition) throws Exception {
        var end = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not within 10 s");
            Thread.sleep(10);
        }
    }

    /** A direct component that does not mind parameters. */
    private static final class Lenient extends DirectComponent {
        @Override
        protected org.apache.camel.Endpoint createEndpoint(String uri, String remaining, java.util.Map<String, Object> parameters) throws Exception {
            parameters.clear();
            return super.createEndpoint(uri, remaining, parameters);
        }
    }
}
