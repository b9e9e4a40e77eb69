package org.carbomt.tool.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.carbomt.tool.Exit;
import org.carbomt.tool.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileCommandTest {
    @TempDir
    private Path folder;

    @Test
    void theShippedProfilesAreRight() {
        var run = Run.of("profile", "check", Run.resource("hardware-profiles/elsys-ers-co2.yaml"), Run.resource("hardware-profiles/mq-board.yaml"));
        assertEquals(Exit.OK, run.code(), run.out());
        assertTrue(run.out().contains("elsys-ers-co2 1.0.0, 6 channels, 2 examples hold"), run.out());
        assertTrue(run.out().contains("1 example holds"), run.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "light, unit: lx, grade: MEASURED | light, unit: lx, grade: GOOD | 12 | channels[3].grade = GOOD; expected MEASURED, INDICATIVE",
        "version: 1.0.0 | version: one | 4 | version = one; expected three numbers with dots",
        "maker: Elsys | colour: red | 6 | colour; expected",
        "{id: \"06\", length: 2, values: [{channel: co2}]} | {id: \"06\", length: 2, values: [{channel: co3}]} | 23 | payload.types.06 = co3; expected one of the channels battery, co2",
        "{id: \"06\", length: 2, values: [{channel: co2}]} | {id: \"06\", length: 3, values: [{channel: co2, length: 4}]} | 23 | payload.types.06 = values up to byte 4; expected within its length of 3",
        "co2: 776 | co2: 777 | 30 | examples[0].co2 = 776; expected 777",
        "id: elsys-ers-co2 | id: [ | 5 | file = ",
    })
    void whatIsWrongIsNamedWithItsLine(String good, String bad, int line, String reason) throws Exception {
        var text = Files.readString(Path.of(Run.resource("hardware-profiles/elsys-ers-co2.yaml")));
        assertTrue(text.contains(good));
        var file = Files.writeString(folder.resolve("mine.yaml"), text.replace(good, bad));
        var run = Run.of("profile", "check", file.toString());
        assertEquals(Exit.REFUSED, run.code());
        assertTrue(run.out().startsWith("REFUSED  " + file), run.out());
        assertTrue(run.out().contains(reason), run.out());
        assertTrue(run.out().contains("mine.yaml, line " + line + ": "), run.out());
        // The same words from a command that needs the profile, on stderr.
        assertEquals(Exit.REFUSED, Run.of("decode", file.toString(), "--hex", "00").code());
    }

    @Test
    void aMissingFileDoesNotKeepTheOthersFromBeingChecked() {
        var run = Run.of("profile", "check", folder.resolve("none.yaml").toString(), Run.resource("hardware-profiles/mq-board.yaml"));
        assertEquals(Exit.UNREADABLE, run.code());
        assertEquals(2, run.out().lines().count());
    }

    @Test
    void listsTheProfilesOfAFolderAndNamesTheBadOnes() throws Exception {
        assertTrue(Run.of("profile", "list", "--profiles", Run.profiles()).out().contains("pm25 ug/m3 (indicative)"));
        Files.copy(Path.of(Run.resource("hardware-profiles/mq-board.yaml")), folder.resolve("a.yaml"));
        Files.writeString(folder.resolve("b.yaml"), "id: b\n");
        var run = Run.of("profile", "list", "--profiles", folder.toString());
        assertEquals(Exit.REFUSED, run.code());
        assertTrue(run.out().startsWith("mq-board 1.0.0"), run.out());
        assertTrue(run.err().contains("b.yaml"), run.err());
    }
}
