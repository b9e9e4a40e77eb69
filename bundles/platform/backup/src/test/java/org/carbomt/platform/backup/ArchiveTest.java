package org.carbomt.platform.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.carbomt.api.canonical.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    @TempDir
    Path folder;

    @Test
    void listsEveryFileWithItsHashAlsoThroughALink() throws IOException {
        var real = Files.createDirectories(folder.resolve("state/etc/tls"));
        Files.writeString(real.resolve("key"), "secret");
        Files.writeString(folder.resolve("state/etc/a.cfg"), "a = 1");
        Files.createDirectories(folder.resolve("state/etc/cache"));
        Files.writeString(folder.resolve("state/etc/cache/x"), "x");
        var link = Files.createSymbolicLink(folder.resolve("etc"), folder.resolve("state/etc"));
        var file = folder.resolve("b.zip");
        try (var archive = new Archive(file)) {
            assertEquals(2, archive.folder("etc", link, Set.of("cache")));
            assertFalse(Files.exists(file), "it has no name before it is whole");
            assertEquals(2, archive.finish(Map.of("format", "carbomt-backup/1")));
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (var zip = new ZipFile(file.toFile())) {
            assertEquals(Set.of("etc/a.cfg", "etc/tls/key", Archive.LIST), zip.stream().map(e -> e.getName()).collect(Collectors.toSet()));
            var list = new ObjectMapper().readTree(zip.getInputStream(zip.getEntry(Archive.LIST)));
            assertEquals(Hash.sha256("secret".getBytes()).hex(), list.get("files").get(1).get("sha256").asText());
            assertEquals(6, list.get("files").get(1).get("bytes").asLong());
        }
    }

    @Test
    void whatIsNotFinishedLeavesNothing() throws IOException {
        var file = folder.resolve("c.zip");
        try (var archive = new Archive(file)) {
            archive.file("x", Files.writeString(folder.resolve("x"), "x"));
        }
        try (var left = Files.list(folder)) {
            assertTrue(left.noneMatch(p -> p.getFileName().toString().startsWith("c.zip")));
        }
    }
}
