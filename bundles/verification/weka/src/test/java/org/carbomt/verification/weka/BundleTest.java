package org.carbomt.verification.weka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
    @Test
    void needsNothingButTheApiTheFrameworkAndTheLog() throws Exception {
        Manifest manifest;
        try (var in = Files.newInputStream(Path.of("target", "classes", "META-INF", "MANIFEST.MF"))) {
            manifest = new Manifest(in);
        }
        var headers = manifest.getMainAttributes();
        // split at commas outside of quotes
        var needed = Arrays.stream(headers.getValue("Import-Package").split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")).filter(i -> !i.contains("resolution:=optional")).map(i -> i.split(";")[0]).toList();
        assertTrue(needed.stream().allMatch(i -> i.matches("org\\.(carbomt\\.api|osgi|slf4j)(\\..*)?")), needed.toString());
        assertNull(headers.getValue("Export-Package"));
        assertTrue(headers.getValue("Bundle-License").startsWith("GPL-3.0-or-later"));
        assertTrue(Files.readString(Path.of("target", "classes", "META-INF", "LICENSE-GPL-3.txt")).contains("GNU GENERAL PUBLIC LICENSE"));
    }

    @Test
    void wekaLeavesNoTraceOutsideOfItsFolder(@TempDir Path folder) {
        var libraries = System.getProperty("java.library.path");
        QuietWeka.start(folder.resolve("weka"));
        assertNull(System.getProperty("WEKA_HOME"));
        assertNull(System.getProperty("weka.packageManager.offline"));
        assertEquals(libraries, System.getProperty("java.library.path"));
        assertFalse(Files.exists(Path.of(System.getProperty("user.home"), "wekafiles")), "folder in the user's home");
    }
}
