package org.carbomt.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** The REST API as an integrator's program sees it, for one person's access key. Any thread. */
public final class Api {
    public static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private final String accessKey;

    public Api(URI base, String accessKey) {
        this.base = base;
        this.accessKey = accessKey;
    }

    /** The same server for another person. */
    public Api as(String otherKey) {
        return new Api(base, otherKey);
    }

    public JsonNode get(String path) {
        return json(call("GET", path, null));
    }

    public byte[] bytes(String path) {
        return call("GET", path, null);
    }

    public JsonNode put(String path, Map<String, ?> body) {
        return json(call("PUT", path, body));
    }

    public JsonNode post(String path, Map<String, ?> body) {
        return json(call("POST", path, body));
    }

    private byte[] call(String method, String path, Map<String, ?> body) {
        try {
            var request = HttpRequest.newBuilder(base.resolve("/api/v1" + path)).timeout(Duration.ofSeconds(60))
                    .header("Authorization", "Bearer " + accessKey)
                    .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
            if (body != null) request.header("Content-Type", "application/json");
            var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() >= 300) throw new Refused(method + " " + path, answer.statusCode(), new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return body.length == 0 ? JSON.nullNode() : JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server said no. */
    public static final class Refused extends RuntimeException {
        public final int status;

        public Refused(String call, int status, String body) {
            super(call + " answered " + status + ": " + body);
            this.status = status;
        }
    }
}
