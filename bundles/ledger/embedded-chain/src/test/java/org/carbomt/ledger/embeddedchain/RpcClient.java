package org.carbomt.ledger.embeddedchain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** JSON-RPC by the JDK's HTTP client. */
final class RpcClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI uri;

    RpcClient(URI uri) {
        this.uri = uri;
    }

    HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    JsonNode whole(String method, Object... params) throws IOException, InterruptedException {
        return JSON.readTree(post(JSON.writeValueAsString(Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", List.of(params)))).body());
    }

    JsonNode ask(String method, Object... params) throws IOException, InterruptedException {
        var answer = whole(method, params);
        if (answer.has("error")) throw new IllegalStateException(method + ": " + answer.get("error"));
        return answer.get("result");
    }

    JsonNode error(String method, Object... params) throws IOException, InterruptedException {
        var answer = whole(method, params);
        if (!answer.has("error")) throw new IllegalStateException(method + " should be refused, not answer " + answer.get("result"));
        return answer.get("error");
    }

    /** Looks again and again, at most ten seconds. */
    JsonNode receipt(String transaction) throws IOException, InterruptedException {
        for (long end = System.nanoTime() + 10_000_000_000L; System.nanoTime() < end;) {
            var receipt = ask("eth_getTransactionReceipt", transaction);
            if (!receipt.isNull()) return receipt;
        }
        throw new IllegalStateException("no receipt of " + transaction + " after ten seconds");
    }
}
