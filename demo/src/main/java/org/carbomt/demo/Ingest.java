package org.carbomt.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends readings over HTTP as a device does: it keeps a message until it is acknowledged, and sends it again when it is not. */
public final class Ingest {
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI address;
    private final String secret;

    public Ingest(URI base, String deviceId, String secret) {
        this.address = base.resolve("/ingest/" + deviceId);
        this.secret = secret;
    }

    /** @return the acknowledgement. */
    public String send(String contentType, String body) throws InterruptedException {
        for (int attempt = 0;; attempt++) {
            try {
                var answer = http.send(HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).header("Authorization", "Bearer " + secret).header("Content-Type", contentType)
                        .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8)).build(), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200) return answer.body();
                if (answer.statusCode() != 503) throw new IllegalStateException("the ingest refused: " + answer.statusCode() + " " + answer.body());
            } catch (IOException e) {
                if (attempt == 20) throw new IllegalStateException("no answer from " + address, e);
            }
            Thread.sleep(Math.min(2_000, 100L << Math.min(attempt, 5)));
        }
    }
}
