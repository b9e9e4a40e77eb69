package org.carbomt.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.carbomt.api.CarboException;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.model.Models;
import org.carbomt.api.model.Models.State;
import org.carbomt.platform.store.RelationalStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The register on Derby: what is offered, refused, replaced and promoted. */
class ModelsTest {
    private static final String DATA = "ab".repeat(32);
    private static final byte[] GOOD = Onnx.plume("Sigmoid", 1, 0).file();
    @TempDir
    Path folder;
    private RelationalStore store;
    private Models models;

    @BeforeEach
    void open(TestInfo info) {
        store = RelationalStore.forTest("models-" + info.getTestMethod().orElseThrow().getName());
        var table = new ModelTable(store.open("org.carbomt.models", getClass().getClassLoader(), "db/models.xml"));
        models = new ModelRegistry(new OnnxNetworks(), () -> List.copyOf(Contract.all()), table, new ModelFolder(folder.resolve("models")), Clock.fixed(Instant.parse("2026-11-25T00:00:00Z"), ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        store.close();
    }

    static byte[] card(String id, byte[] onnx, double score, double yardstick, String data) {
        return ("{\"id\":\"" + id + "\",\"kind\":\"plume-unet\",\"method\":\"u-net\",\"sha256\":\"" + (onnx == null ? "" : Hash.sha256(onnx).hex()) + "\",\"trainedOn\":\"scenes\",\"dataHash\":\"" + data
                + "\",\"seed\":1,\"trainedAt\":\"2026-11-24T00:00:00Z\",\"scores\":{\"oneMinusIou\":" + score + "},\"yardsticks\":{\"threshold\":{\"oneMinusIou\":" + yardstick + "}},\"parameters\":{\"threshold\":[0.5]}}").getBytes(StandardCharsets.UTF_8);
    }

    private Models.Entry offer(String id, double score, String data) {
        return models.offer(card(id, GOOD, score, 0.9, data), Optional.of(GOOD), "admin");
    }

    private String refused(byte[] card, byte[] onnx) {
        var problem = assertThrows(CarboException.Invalid.class, () -> models.offer(card, Optional.ofNullable(onnx), "admin")).problem();
        return problem.code() + " " + problem.field();
    }

    @Test
    void theBetterOneServesAndTheReasonIsKept() {
        assertEquals(State.IN_SERVICE, offer("a", 0.5, DATA).state());
        assertEquals(State.REFUSED, offer("b", 0.6, DATA).state());
        assertEquals(State.IN_SERVICE, offer("c", 0.4, DATA).state());
        var other = offer("d", 0.1, "cd".repeat(32));
        assertEquals(State.REFUSED, other.state());
        assertTrue(other.reason().contains("other data"), other.reason());
        assertEquals("c", models.inService("plume-unet").orElseThrow().card().id());
        assertEquals(State.REPLACED, models.all().stream().filter(e -> e.card().id().equals("a")).findFirst().orElseThrow().state());
        assertArrayEquals(GOOD, models.network("c"));
        // the same again is no second model; another under its name is a conflict
        assertEquals(State.REFUSED, offer("b", 0.6, DATA).state());
        assertThrows(CarboException.Conflict.class, () -> offer("b", 0.2, DATA));
        assertEquals(4, models.all().size());
    }

    @Test
    void theSimpleMethodWinsWhereItIsBetter() {
        var entry = models.offer(card("a", GOOD, 0.5, 0.3, DATA), Optional.of(GOOD), "admin");
        assertEquals(State.REFUSED, entry.state());
        assertTrue(entry.reason().contains("threshold has 0.3"), entry.reason());
        assertEquals(State.IN_SERVICE, models.offer(card("simple", null, 0.3, 0.3, DATA), Optional.empty(), "admin").state());
        assertThrows(CarboException.NotFound.class, () -> models.network("simple"));
    }

    @Test
    void aPersonPromotesWithAReason() {
        offer("a", 0.5, DATA);
        offer("b", 0.6, DATA);
        assertThrows(CarboException.Invalid.class, () -> models.promote("b", "admin", " "));
        assertThrows(CarboException.NotFound.class, () -> models.promote("none", "admin", "why"));
        assertEquals(State.IN_SERVICE, models.promote("b", "admin", "a was trained on one winter").state());
        assertEquals(List.of("b"), models.all().stream().filter(e -> e.state() == State.IN_SERVICE).map(e -> e.card().id()).toList());
    }

    @Test
    void whatBreaksTheContractIsRefusedByName() {
        assertEquals("contract.range plume", refused(card("a", Onnx.plume("Relu", 9, 9).file(), 0.5, 0.9, DATA), Onnx.plume("Relu", 9, 9).file()));
        var blind = new Onnx().input("image", -1, 2, 32, 32).output("plume", -1, 2, 32, 32).node("Sigmoid", "plume", "image").file();
        assertEquals("contract.inputs inputs", refused(card("a", blind, 0.5, 0.9, DATA), blind));
        var wide = new Onnx().input("scene", -1, 2, 32, 32).output("plume", -1, 2, 32, 32).node("Sigmoid", "plume", "scene").file();
        assertEquals("contract.outputs plume", refused(card("a", wide, 0.5, 0.9, DATA), wide));
        var infinite = Onnx.plume("Log", 1, 0).file();
        assertEquals("network.output-not-finite plume", refused(card("a", infinite, 0.5, 0.9, DATA), infinite));
        assertEquals("card.invalid sha256", refused(card("a", GOOD, 0.5, 0.9, DATA), wide));
        assertEquals("card.invalid card.json", refused("{".getBytes(StandardCharsets.UTF_8), GOOD));
        assertEquals("card.invalid id", refused(card("../x", GOOD, 0.5, 0.9, DATA), GOOD));
        assertEquals("model.kind kind", refused(new String(card("a", GOOD, 0.5, 0.9, DATA), StandardCharsets.UTF_8).replace("plume-unet", "horoscope").getBytes(StandardCharsets.UTF_8), GOOD));
        assertEquals("card.parameter parameters.threshold", refused(new String(card("a", GOOD, 0.5, 0.9, DATA), StandardCharsets.UTF_8).replace("[0.5]", "[]").getBytes(StandardCharsets.UTF_8), GOOD));
        assertTrue(models.all().isEmpty());
    }

    @Test
    void aFileThatChangedOnDiskIsNotServed() throws Exception {
        offer("a", 0.5, DATA);
        Files.writeString(folder.resolve("models/a.onnx"), "x");
        assertEquals("model.file-lost", assertThrows(CarboException.Unavailable.class, () -> models.network("a")).problem().code());
    }
}
