package org.carbomt.field.camelruntime.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.carbomt.api.Problem;
import org.carbomt.api.device.Device;
import org.carbomt.api.device.Devices;
import org.carbomt.api.intake.Outcome;
import org.carbomt.field.camelruntime.IntakeTwin;
import org.carbomt.field.camelruntime.intake.IntakeComponent;
import org.carbomt.field.camelruntime.routes.RouteContext;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shipped route behind a real Jetty. */
class HttpIngestTest {
    private static final int LIMIT = 1000;
    private final IntakeTwin twin = new IntakeTwin();
    private final RouteContext routes = new RouteContext(getClass().getClassLoader(), Duration.ofMillis(200));
    private final Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach void start() throws Exception {
        var servlet = new IngestServlet(new OneDevice(), Clock.systemUTC(), LIMIT, 5, 2000);
        routes.addComponent("carbomt-intake", new IntakeComponent(() -> twin));
        routes.addComponent("carbomt-http", new HttpReadings(servlet));
        routes.put("ingest-http.camel.yaml", Files.readString(Path.of("../../../camel-routes/ingest-http.camel.yaml")));
        var context = new ServletContextHandler();
        var holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/ingest/*");
        server.setHandler(context);
        server.start();
    }

    @AfterEach void stop() throws Exception {
        server.stop();
        routes.close();
    }

    @Test void answersWhatWasStored() throws Exception {
        var answer = post("d1", "s3cret", "application/json; charset=utf-8", BodyPublishers.ofString("{\"co2\":1}"));
        assertEquals(200, answer.statusCode());
        assertEquals("{\"stored\":1,\"duplicates\":0,\"sequence\":7}", answer.body());
        var arrival = twin.submitted.get(0);
        assertEquals("d1", arrival.deviceId());
        assertEquals("http", arrival.protocol());
        assertEquals("application/json", arrival.contentType());
        assertArrayEquals("{\"co2\":1}".getBytes(StandardCharsets.UTF_8), arrival.payload());
    }

    @Test void answersOnlyWhenTheReadingIsDurable() throws Exception {
        twin.gate = new CompletableFuture<>();
        var answer = client.sendAsync(request("d1", "s3cret", "text/csv", BodyPublishers.ofString("time,co2\n1,2\n")), HttpResponse.BodyHandlers.ofString());
        while (twin.submitted.isEmpty()) Thread.sleep(5);
        Thread.sleep(100);
        assertFalse(answer.isDone());
        twin.gate.complete(null);
        assertEquals(200, answer.get().statusCode());
    }

    @Test void aSenderThatHasWaitedTooLongIsToldToRepeat() throws Exception {
        twin.gate = new CompletableFuture<>();
        assertEquals(503, post("d1", "s3cret", "text/csv", BodyPublishers.ofString("x")).statusCode());
        twin.gate.complete(null);
    }

    @Test void theSameAnswerForAWrongSecretAndAnUnknownDevice() throws Exception {
        var wrong = post("d1", "guess", "application/json", BodyPublishers.ofString("{}"));
        var unknown = post("nobody", "guess", "application/json", BodyPublishers.ofString("{}"));
        assertEquals(401, wrong.statusCode());
        assertTrue(wrong.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Bearer"));
        assertEquals(wrong.statusCode(), unknown.statusCode());
        assertEquals(wrong.body(), unknown.body());
        assertEquals(List.of(), twin.submitted);
    }

    @Test void tooLargeIsRefusedWithALengthAndWithout() throws Exception {
        var large = new byte[LIMIT + 1];
        assertEquals(413, post("d1", "s3cret", "text/csv", BodyPublishers.ofByteArray(large)).statusCode());
        assertEquals(413, post("d1", "s3cret", "text/csv", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))).statusCode());
        assertEquals(200, post("d1", "s3cret", "text/csv", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large, 0, LIMIT))).statusCode());
    }

    @Test void otherTypesAndPathsAreToldSo() throws Exception {
        assertEquals(415, post("d1", "s3cret", "image/png", BodyPublishers.ofString("x")).statusCode());
        assertEquals(404, post("d1/more", "s3cret", "text/csv", BodyPublishers.ofString("x")).statusCode());
    }

    @Test void quarantinedAndRefusedSayWhy() throws Exception {
        twin.answer = arrival -> new Outcome.Quarantined("q1", new Problem("unit.wrong", "co2", "mg", "ppm"));
        var held = post("d1", "s3cret", "application/json", BodyPublishers.ofString("{}"));
        assertEquals(422, held.statusCode());
        assertTrue(held.body().contains("unit.wrong") && held.body().contains("q1"), held.body());
        assertEquals("application/problem+json", held.headers().firstValue("Content-Type").orElse(""));
        twin.answer = arrival -> new Outcome.Refused(new Problem("journal.full", "", "", "space on the disk"));
        var refused = post("d1", "s3cret", "application/json", BodyPublishers.ofString("{}"));
        assertEquals(503, refused.statusCode());
        assertEquals("5", refused.headers().firstValue("Retry-After").orElse(""));
        routes.remove("ingest-http.camel.yaml");
        assertEquals(503, post("d1", "s3cret", "application/json", BodyPublishers.ofString("{}")).statusCode());
    }

    private HttpResponse<String> post(String device, String secret, String type, BodyPublisher body) throws Exception {
        return client.send(request(device, secret, type, body), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String device, String secret, String type, BodyPublisher body) {
        var port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ingest/" + device)).header("Authorization", "Bearer " + secret)
                .header("Content-Type", type).version(HttpClient.Version.HTTP_1_1).POST(body).build();
    }

    /** Knows d1 with its secret. */
    private static final class OneDevice implements Devices {
        @Override public Optional<Device> find(String id) { return Optional.empty(); }
        @Override public Optional<Device> findByAddress(String kind, String address) { return Optional.empty(); }
        @Override public List<Device> all() { return List.of(); }
        @Override public void put(Device device) { throw new UnsupportedOperationException(); }
        @Override public void remove(String id) { throw new UnsupportedOperationException(); }
        @Override public String renewSecret(String id) { throw new UnsupportedOperationException(); }
        @Override public boolean authenticate(String id, String secret) { return id.equals("d1") && secret.equals("s3cret"); }
        @Override public Optional<LastSeen> lastSeen(String id) { return Optional.empty(); }
    }
}
