package org.carbomt.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.carbomt.api.CarboException;
import org.carbomt.api.model.Networks;
import org.junit.jupiter.api.Test;

/** ONNX Runtime itself, on networks small enough to compute by hand, and on bytes that should never reach it. */
class NetworksTest {
    private final Networks networks = new OnnxNetworks();
    private final byte[] line = new Onnx().input("x", -1, 2).output("y", -1, 1).weights("w", new long[] {2, 1}, 2, -3).node("MatMul", "y", "x", "w").file();

    private static String code(org.junit.jupiter.api.function.Executable work) {
        return assertThrows(CarboException.Invalid.class, work).problem().code();
    }

    private static Map<String, Networks.Tensor> x(long[] shape, float... values) {
        return Map.of("x", new Networks.Tensor(shape, values));
    }

    // [1 2; 3 4] [2; -3] = [-4; -6]
    @Test
    void runsANetwork() {
        try (var network = networks.open(line)) {
            assertEquals(Map.of("x", List.of(-1L, 2L)), network.inputs());
            var y = network.run(x(new long[] {2, 2}, 1, 2, 3, 4)).get("y");
            assertArrayEquals(new long[] {2, 1}, y.shape());
            assertArrayEquals(new float[] {-4, -6}, y.values(), 1e-6f);
        }
    }

    @Test
    void refusesInputsThatDoNotFit() {
        try (var network = networks.open(line)) {
            assertEquals("network.inputs", code(() -> network.run(Map.of())));
            assertEquals("network.shape", code(() -> network.run(x(new long[] {2, 3}, 1, 2, 3, 4, 5, 6))));
            assertEquals("network.shape", code(() -> network.run(x(new long[] {0, 2}))));
            assertEquals("network.values", code(() -> network.run(x(new long[] {2, 2}, 1, 2, 3))));
            assertEquals("network.too-large", code(() -> network.run(x(new long[] {1 << 24, 2}, 1))));
            assertEquals("network.input-not-finite", code(() -> network.run(x(new long[] {1, 2}, 1, Float.NaN))));
            assertEquals("network.output-not-finite", code(() -> network.run(x(new long[] {1, 2}, 3e38f, -3e38f))));
        }
    }

    @Test
    void refusesWhatCouldReachBeyondItself() {
        assertEquals("network.external-data", code(() -> networks.open(new Onnx().input("x", 1).output("y", 1).elsewhere("w", "/etc/passwd").node("Add", "y", "x", "w").file())));
        assertEquals("network.operator", code(() -> networks.open(new Onnx().input("x", 1).output("y", 1).node("Loop", "y", "x").file())));
        assertEquals("network.unreadable", code(() -> networks.open(new Onnx().input("x", 1).output("y", 1).node("Relu", "z", "x").file())));
        assertEquals("network.empty", code(() -> networks.open(new byte[0])));
        assertEquals("network.too-large", code(() -> networks.open(new byte[Screen.MOST_BYTES + 1])));
    }

    // cut anywhere, and 2,000 times with a few bytes turned: refused by name or a network still, never another exception
    @Test
    void survivesTruncatedAndHostileBytes() {
        for (int length = 1; length < line.length; length++) {
            var cut = Arrays.copyOf(line, length);
            tryOpen(cut);
        }
        var random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            var turned = line.clone();
            for (int n = 1 + random.nextInt(3); n > 0; n--) turned[random.nextInt(turned.length)] = (byte) random.nextInt();
            if (!tryOpen(turned)) refused++;
        }
        assertTrue(refused > 500, refused + " refused");
    }

    private boolean tryOpen(byte[] bytes) {
        try (var network = networks.open(bytes)) {
            return true;
        } catch (CarboException.Invalid e) {
            return false;
        }
    }
}
