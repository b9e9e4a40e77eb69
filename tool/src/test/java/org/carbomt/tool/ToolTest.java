package org.carbomt.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolTest {
    @ParameterizedTest
    @ValueSource(strings = {"--help", "decode --help", "profile --help", "profile check --help", "profile list --help", "hours --help", "forecast --help", "plume --help", "model --help", "model check --help", "book --help", "proof --help", "proof check --help", "cid --help"})
    void everyLevelHasHelpWithTheExitCodes(String args) {
        var run = Run.of(args.split(" "));
        assertEquals(Exit.OK, run.code());
        assertTrue(run.out().contains("Usage: carbomt"), run.out());
        assertTrue(run.out().contains("a file cannot be read"), run.out());
    }

    @Test
    void namesItsVersion() {
        assertTrue(Run.of("--version").out().matches("carbomt \\d+\\.\\d+\\.\\d+ \\(Java \\d+\\)\\R"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"decod", "profile", "profile chek", "decode", "decode elsys-ers-co2 --colour", "decode elsys-ers-co2 --hex 01 --port x", "decode elsys-ers-co2 --hex 01 --port 256", "decode elsys-ers-co2 --hex 01 --format xml",
        "decode elsys-ers-co2 --hex 01 --at yesterday", "decode elsys-ers-co2", "profile check", "proof", "proof check", "forecast", "plume", "book", "book - --levels x", "cid"})
    void wrongUsageIsExplainedAndNothingIsWritten(String args) {
        var run = Run.of(args.split(" "));
        assertEquals(Exit.USAGE, run.code(), run.err());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("carbomt: ") && run.err().contains("--help'"), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
    }

    @Test
    void withoutACommandItSaysWhatThereIs() {
        var run = Run.of();
        assertEquals(Exit.USAGE, run.code());
        assertTrue(run.err().contains("decode") && run.err().contains("profile"), run.err());
    }
}
