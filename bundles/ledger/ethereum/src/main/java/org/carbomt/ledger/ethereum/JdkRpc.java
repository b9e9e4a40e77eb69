package org.carbomt.ledger.ethereum;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.web3j.protocol.Service;

/** web3j over the JDK's HTTP client. */
final class JdkRpc extends Service {
    private static final int MOST_BYTES = 256 << 20;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();
    private final URI uri;
    private final Duration timeout;

    JdkRpc(URI uri, Duration timeout) {
        super(false);
        this.uri = uri;
        this.timeout = timeout;
    }

    @Override
    protected InputStream performIO(String payload) throws IOException {
        var request = HttpRequest.newBuilder(uri).timeout(timeout).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(payload, StandardCharsets.UTF_8)).build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) throw new IOException("JSON-RPC of " + uri + " answered HTTP " + response.statusCode());
            if (response.body().length > MOST_BYTES) throw new IOException("JSON-RPC of " + uri + " answered " + response.body().length + " bytes");
            return new ByteArrayInputStream(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + uri, e);
        }
    }

    @Override
    public void close() {}
}
