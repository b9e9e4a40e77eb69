package org.carbomt.ledger.embeddedchain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpcServerTest {
    private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"one\"}";
    private final NodeConfig config = new NodeConfig(1, 21_000, java.util.Map.of(), "127.0.0.1", 0, 2_000, List.of("chain.example"));
    private final CountDownLatch waiting = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private RpcServer server;

    @BeforeEach
    void start() throws IOException {
        server = new RpcServer(config, new JsonRpc(config.maxRequestBytes(), List.of(r -> {
            r.add("one", 0, p -> "0x1");
            r.add("echo", 1, p -> p.at(0).value());
            r.add("error", 0, p -> {
                throw new NoClassDefFoundError("gone");
            });
            r.add("waits", 0, p -> {
                waiting.countDown();
                try {
                    return go.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        })));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String request(String method, String host, String type, String body) {
        return method + " / HTTP/1.1\r\n" + (host == null ? "" : "Host: " + host + "\r\n") + (type == null ? "" : "Content-Type: " + type + "\r\n") + "Content-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body;
    }

    /** Everything the server says until it closes. */
    private String raw(String requests) throws IOException {
        try (var socket = new Socket("127.0.0.1", server.uri().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @CsvSource({"localhost, 200", "localhost:8545, 200", "127.0.0.1:1, 200", "[::1]:8545, 200", "chain.example:80, 200", "CHAIN.example, 200", "evil.example, 403", "evil.example:8545, 403", "localhost.evil.example, 403",
        "127.0.0.1.evil.example, 403", "[evil], 403"})
    void aNameThatIsNotOursIsRefused(String host, int status) throws IOException {
        assertTrue(raw(request("POST", host, "application/json", CALL)).startsWith("HTTP/1.1 " + status), host);
    }

    @Test
    void aClientWithoutHostIsNoBrowser() throws IOException {
        assertTrue(raw(request("POST", null, "application/json", CALL)).startsWith("HTTP/1.1 200"));
    }

    // A page can send a form or text to another origin without being asked about; JSON it cannot, and no answer tells it may.
    @Test
    void onlyJsonByPostIsTakenAndNoOtherOriginIsAllowed() throws IOException {
        assertTrue(raw(request("POST", "localhost", "text/plain", CALL)).startsWith("HTTP/1.1 415"));
        assertTrue(raw(request("POST", "localhost", null, CALL)).startsWith("HTTP/1.1 415"));
        assertTrue(raw(request("GET", "localhost", "application/json", "")).startsWith("HTTP/1.1 405"));
        assertTrue(raw(request("OPTIONS", "localhost", "application/json", "")).startsWith("HTTP/1.1 405"));
        var good = raw(request("POST", "localhost", "application/json; charset=utf-8", CALL));
        assertTrue(good.startsWith("HTTP/1.1 200") && good.endsWith("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x1\"}"), good);
        assertFalse(good.toLowerCase(java.util.Locale.ROOT).contains("access-control"));
    }

    @Test
    void aLargeRequestIsRefusedBeforeItIsRead() throws IOException {
        assertTrue(raw("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2001\r\nConnection: close\r\n\r\n").startsWith("HTTP/1.1 413"));
        assertTrue(raw("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 20000000000\r\nConnection: close\r\n\r\n").startsWith("HTTP/1.1 413"));
    }

    @Test
    void garbageIsABadRequest() throws IOException {
        assertTrue(raw("hello\r\n\r\n").startsWith("HTTP/1.1 400"));
    }

    // Three at once on one connection: answered one after the other, in their order.
    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        var pipeline = new StringBuilder();
        for (int i = 1; i <= 3; i++) {
            String body = "{\"jsonrpc\":\"2.0\",\"id\":" + i + ",\"method\":\"echo\",\"params\":[\"" + i + "\"]}";
            pipeline.append("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ").append(body.length()).append(i == 3 ? "\r\nConnection: close" : "").append("\r\n\r\n").append(body);
        }
        var answers = raw(pipeline.toString());
        assertTrue(answers.indexOf("\"id\":1") < answers.indexOf("\"id\":2") && answers.indexOf("\"id\":2") < answers.indexOf("\"id\":3"), answers);
        assertEquals(3, answers.split("HTTP/1.1 200", -1).length - 1);
    }

    @Test
    void aSlowCallDoesNotHoldUpOthers() throws Exception {
        var slow = new Thread(() -> {
            try {
                raw(request("POST", "localhost", "application/json", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"waits\"}"));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        slow.start();
        assertTrue(waiting.await(10, TimeUnit.SECONDS));
        assertTrue(raw(request("POST", "localhost", "application/json", CALL)).startsWith("HTTP/1.1 200"));
        go.countDown();
        slow.join();
    }

    @Test
    void evenAnErrorIsAnswered() throws IOException {
        assertTrue(raw(request("POST", "localhost", "application/json", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"error\"}")).startsWith("HTTP/1.1 500"));
        assertTrue(raw(request("POST", "localhost", "application/json", CALL)).startsWith("HTTP/1.1 200"));
    }

    @Test
    void aPortInUseIsNamed() {
        var taken = new NodeConfig(1, 21_000, java.util.Map.of(), "127.0.0.1", server.uri().getPort(), 2_000, List.of());
        String message = assertThrows(IOException.class, () -> new RpcServer(taken, new JsonRpc(1024, List.of()))).getMessage();
        assertTrue(message.startsWith("port " + server.uri().getPort() + " of 127.0.0.1 cannot be listened on"), message);
    }

    @Test
    void afterItIsClosedNobodyListens() {
        int port = server.uri().getPort();
        server.close();
        assertThrows(IOException.class, () -> new Socket("127.0.0.1", port).close());
    }
}
