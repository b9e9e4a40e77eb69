package org.carbomt.tool.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.carbomt.proof.ContainerCalculators;
import org.carbomt.proof.ProofChecker;
import org.carbomt.proof.TestProof;
import org.carbomt.proof.Trust;
import org.carbomt.tool.Exit;
import org.carbomt.tool.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofCheckTest {
    @TempDir
    private Path folder;

    /** A proof that a container wrote. */
    private static byte[] real() throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(Path.of(Run.resource("proofs/demo-retirement.json.gz"))))) {
            return in.readAllBytes();
        }
    }

    private String file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes).toString();
    }

    @Test
    void saysWhatTheStandaloneCheckerSays() throws Exception {
        var run = Run.of("proof", "check", file("p.json", real()));
        assertEquals(Exit.OK, run.code(), run.out());
        assertEquals(new ProofChecker(new ContainerCalculators()).check(real(), Trust.OF_THE_FILE).text() + System.lineSeparator(), run.out());
        assertTrue(run.out().startsWith("Proof holds: 33 of 33 checks"), run.out());
    }

    @Test
    void aChangedReadingBreaksTheProof() throws Exception {
        var text = new String(real(), StandardCharsets.UTF_8);
        var changed = text.replaceFirst("\"heatInputMmbtu\":\"([0-9]+)", "\"heatInputMmbtu\":\"1$1");
        var run = Run.of(changed.getBytes(StandardCharsets.UTF_8), "proof", "check", "-", "--format", "json");
        assertEquals(Exit.REFUSED, run.code());
        assertTrue(run.out().startsWith("{\"file\":\"-\",\"verdict\":\"Proof BROKEN"), run.out().substring(0, 200));
        assertTrue(run.out().contains("{\"name\":\"baseline.recomputed\",\"state\":\"BROKEN\"") || run.out().contains("{\"name\":\"period.recomputed\",\"state\":\"BROKEN\""), run.out());
    }

    @Test
    void aProofOfOtherRulesIsNotSaidToHold() throws Exception {
        var unknown = file("unknown.json", ProofChecker.finish(TestProof.sealed()));
        var run = Run.of("proof", "check", unknown);
        assertEquals(Exit.UNCHECKED, run.code());
        assertTrue(run.out().contains("this program does not have the rule book test-rules"), run.out());
        // The worst of several files decides, and every file is looked at.
        var several = Run.of("proof", "check", unknown, file("junk.json", "junk".getBytes(StandardCharsets.UTF_8)), folder.resolve("absent.json").toString(), file("p.json", real()));
        assertEquals(Exit.REFUSED, several.code());
        assertEquals(3, several.out().lines().filter(l -> l.startsWith("== ")).count());
        assertTrue(several.err().contains("absent.json: cannot be read: there is no such file"), several.err());
        assertEquals(Exit.UNREADABLE, Run.of("proof", "check", unknown, folder.resolve("absent.json").toString()).code());
    }

    @Test
    void whatTheUserKnowsIsHeldAgainstTheFile() throws Exception {
        var proof = file("p.json", real());
        assertEquals(Exit.REFUSED, Run.of("proof", "check", proof, "--validator", TestProof.BUYER).code());
        assertEquals(Exit.REFUSED, Run.of("proof", "check", proof, "--credits", TestProof.BUYER).code());
        var wrong = Run.of("proof", "check", proof, "--anchors", "0x12");
        assertEquals(Exit.USAGE, wrong.code());
        assertTrue(wrong.err().contains("anchors contract: 0x12, expected 0x and 40"), wrong.err());
    }

    // The vector of the API's own test
    @Test
    void printsTheCidOfFiles() throws Exception {
        var run = Run.of("hello world".getBytes(StandardCharsets.UTF_8), "cid", "-", folder.resolve("absent").toString());
        assertEquals("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e  -" + System.lineSeparator(), run.out());
        assertEquals(Exit.UNREADABLE, run.code());
    }
}
