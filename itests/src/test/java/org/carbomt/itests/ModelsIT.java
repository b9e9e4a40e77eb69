package org.carbomt.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.carbomt.demo.Api;
import org.junit.jupiter.api.Test;

/**
 * Models in the container: tried by ONNX Runtime inside of its bundle, kept over a stop and an update of it (native code is loaded a second time), refused when hostile.
 * The network, 1 x 1 convolution and sigmoid, is tried and nothing else: no accuracy is claimed for it.
 */
class ModelsIT {
    private static final String BUNDLE = "org.carbomt.models";

    @Test
    void areTriedKeptAndPromoted() throws Exception {
        try (var container = new Container("models", "registry")) {
            container.start();
            var admin = container.admin();
            assertEquals(0, admin.get("/models").get("items").size());
            var onnx = ModelsIT.class.getResourceAsStream("/plume-1x1.onnx").readAllBytes();

            assertTrue(offer(container, card("a", onnx, 0.5), onnx).contains("IN_SERVICE"));
            assertTrue(offer(container, card("b", onnx, 0.6), onnx).contains("REFUSED"));
            assertTrue(offer(container, card("c", onnx, 0.1), Arrays.copyOf(onnx, onnx.length - 20)).contains("sha256"));
            var cut = Arrays.copyOf(onnx, onnx.length - 20);
            assertTrue(offer(container, card("c", cut, 0.1), cut).contains("network."));

            container.exec("bundle:stop " + BUNDLE);
            assertEquals(503, assertThrows(Api.Refused.class, () -> admin.get("/models")).status);
            container.exec("bundle:start " + BUNDLE);
            Container.await("models after the start", 20, () -> admin.get("/models").get("items"), items -> items.size() == 2);
            container.exec("bundle:update " + BUNDLE);
            Container.await("models after the update", 20, () -> admin.get("/models").get("items"), items -> items.size() == 2);
            assertEquals("IN_SERVICE", admin.post("/models/b/promote", Map.of("reason", "tried after an update")).get("state").asText());
            assertTrue(Files.exists(container.home.resolve("data/carbomt/models/b.onnx")));
            assertTrue(offer(container, card("d", onnx, 0.4), onnx).contains("IN_SERVICE"));
        }
    }

    private static String card(String id, byte[] onnx, double score) throws Exception {
        var digest = java.util.HexFormat.of().formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(onnx));
        return "{\"id\":\"" + id + "\",\"kind\":\"plume-unet\",\"method\":\"test-network\",\"sha256\":\"" + digest + "\",\"trainedOn\":\"nothing\",\"dataHash\":\"" + "0".repeat(64)
                + "\",\"seed\":1,\"trainedAt\":\"2026-01-01T00:00:00Z\",\"scores\":{\"oneMinusIou\":" + score + "},\"yardsticks\":{},\"parameters\":{\"threshold\":[0.5]}}";
    }

    private static String offer(Container container, String card, byte[] onnx) throws Exception {
        var zipped = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(zipped)) {
            zip.putNextEntry(new ZipEntry("card.json"));
            zip.write(card.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("model.onnx"));
            zip.write(onnx);
        }
        var request = HttpRequest.newBuilder(container.base().resolve("/api/v1/models")).header("Authorization", "Bearer " + container.keys().find("administrator.key").orElseThrow()).header("Content-Type", "application/zip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(zipped.toByteArray())).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
