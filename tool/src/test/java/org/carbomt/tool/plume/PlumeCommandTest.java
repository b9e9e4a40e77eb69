package org.carbomt.tool.plume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.carbomt.tool.Exit;
import org.carbomt.tool.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlumeCommandTest {
    private static final String SCENE = Run.resource("data/20210103_084234_25.91_70.95_0949.npz");

    @TempDir
    Path folder;

    // Published for this scene: 23 ± 8 t/h from 25.91 N 70.95 E (Schuit and others 2023)
    @Test
    void saysWhatTheSceneShowsAndDrawsIt() throws IOException {
        var sites = Files.writeString(folder.resolve("sites.csv"), "id,name,latitude,longitude\nm,The mine,25.91,70.95\n");
        var picture = folder.resolve("scene.png");
        var run = Run.of("plume", SCENE, "--at", "25.91,70.95", "--sites", sites.toString(), "--picture", picture.toString(), "--format", "json");
        assertEquals(Exit.OK, run.code(), run.err());
        var json = new ObjectMapper().readTree(run.out());
        assertEquals("PLUME", json.path("verdict").asText());
        assertTrue(json.at("/plume/low").asDouble() < 23_000 && 23_000 < json.at("/plume/high").asDouble(), run.out());
        assertEquals("m", json.at("/plume/candidates/0/id").asText());
        assertEquals(768, ImageIO.read(picture.toFile()).getHeight());
        assertTrue(Run.of("plume", SCENE).out().startsWith("PLUME: "));
        assertEquals(2, Run.of("plume", SCENE, "--format", "csv").out().lines().count());
    }

    @Test
    void badInputIsRefusedInWords() throws IOException {
        var whole = Files.readAllBytes(Path.of(SCENE));
        var cut = Files.write(folder.resolve("cut.npz"), Arrays.copyOf(whole, 20_000));
        var run = Run.of("plume", cut.toString());
        assertEquals(Exit.REFUSED, run.code());
        assertTrue(run.err().startsWith("carbomt: scene.malformed: ") && run.out().isEmpty(), run.err());
        assertEquals(Exit.UNREADABLE, Run.of("plume", folder.resolve("none.npz").toString()).code());
        assertEquals(Exit.USAGE, Run.of("plume", SCENE, "--at", "25").code());
        assertEquals(Exit.REFUSED, Run.of("plume", SCENE, "--at", "95,0").code());
    }

    @Test
    void aPlaceOutsideIsNoObservation() {
        var run = Run.of("plume", SCENE, "--at", "0,0");
        assertTrue(run.out().startsWith("NO OBSERVATION: the place lies outside of the scene"), run.out());
    }
}
