package org.carbomt.tool.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.carbomt.api.canonical.Hash;
import org.carbomt.tool.Exit;
import org.carbomt.tool.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCommandTest {
    @TempDir
    Path folder;

    /** A 1 x 1 convolution and a sigmoid: right in shape, and nothing else. */
    private byte[] network() throws Exception {
        try (var in = ModelCommandTest.class.getResourceAsStream("/plume-1x1.onnx")) {
            return in.readAllBytes();
        }
    }

    private void write(byte[] onnx, String digest) throws Exception {
        Files.write(folder.resolve("model.onnx"), onnx);
        Files.writeString(folder.resolve("card.json"), "{\"id\":\"a\",\"kind\":\"plume-unet\",\"method\":\"test-network\",\"sha256\":\"" + digest + "\",\"trainedOn\":\"nothing\",\"dataHash\":\"" + "0".repeat(64)
                + "\",\"seed\":1,\"trainedAt\":\"2026-01-01T00:00:00Z\",\"scores\":{\"oneMinusIou\":0.5},\"yardsticks\":{\"threshold\":{\"oneMinusIou\":0.6}},\"parameters\":{\"threshold\":[0.5]}}");
    }

    @Test
    void takesWhatTheContainerWouldTake() throws Exception {
        write(network(), Hash.sha256(network()).hex());
        var run = Run.of("model", "check", folder.toString());
        assertEquals(Exit.OK, run.code(), run.err());
        assertTrue(run.out().startsWith("ok       a: keeps the contract of plume-unet"), run.out());
    }

    @Test
    void namesWhatIsWrong() throws Exception {
        assertEquals(Exit.UNREADABLE, Run.of("model", "check", folder.toString()).code());
        write(network(), "0".repeat(64));
        var run = Run.of("model", "check", folder.toString());
        assertEquals(Exit.REFUSED, run.code());
        assertTrue(run.err().contains("sha256"), run.err());
        var cut = java.util.Arrays.copyOf(network(), 100);
        write(cut, Hash.sha256(cut).hex());
        assertTrue(Run.of("model", "check", folder.toString()).err().contains("network.malformed"));
        assertEquals(Exit.USAGE, Run.of("model").code());
    }
}
