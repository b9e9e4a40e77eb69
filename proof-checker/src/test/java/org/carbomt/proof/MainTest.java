package org.carbomt.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void saysHowItIsUsed() {
        assertEquals(0, run("--help"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("exit code: 0 the proof holds"));
        for (var args : new String[][] {{}, {"--what"}, {"a", "b"}, {"a", "--validator"}, {"a", "--validator", "0x12"}, {folder.resolve("absent.json").toString()}, {folder.toString()}}) {
            assertEquals(2, run(args), String.join(" ", args));
        }
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("absent.json"));
    }

    @Test
    void tellsABrokenFileFromAWholeOne() throws Exception {
        assertEquals(1, run(file("junk")));
        assertEquals(1, run(file("")));
        // The rules of the test's proof are not among those of the program: nothing is broken, and it says what it could not compute.
        var whole = Files.write(folder.resolve("whole.json"), ProofChecker.finish(TestProof.sealed())).toString();
        assertEquals(3, run(whole, "--validator", TestChain.VALIDATOR.toUpperCase(java.util.Locale.ROOT).replace("0X", "0x")));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("this program does not have the rule book test-rules"));
        assertEquals(1, run(whole, "--validator", TestProof.BUYER));
        assertEquals(1, run(whole, "--credits", TestProof.BUYER));
    }

    @Test
    void reportsAsJsonForPrograms() throws Exception {
        run(Files.write(folder.resolve("whole.json"), ProofChecker.finish(TestProof.sealed())).toString(), "--json");
        var report = (Map<?, ?>) StrictJson.parse(out.toByteArray());
        assertEquals(3L, report.get("exitCode"));
        assertEquals(33, ((java.util.List<?>) report.get("links")).size());
    }

    private String file(String text) throws Exception {
        return Files.writeString(folder.resolve("file.json"), text).toString();
    }

    private int run(String... args) {
        return Main.run(args, new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
