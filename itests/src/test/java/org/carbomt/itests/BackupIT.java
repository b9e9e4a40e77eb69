package org.carbomt.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.carbomt.demo.Api;
import org.junit.jupiter.api.Test;

/** A backup by one command while readings come in and money is booked; a restore elsewhere has all that was acknowledged before, and goes on. PostgreSQL: {@link PostgresIT}. */
class BackupIT {
    @Test
    void whatWasAcknowledgedBeforeIsInItAndGoesOnElsewhere() throws Exception {
        var work = java.nio.file.Path.of(System.getProperty("carbomt.work"));
        var archive = work.resolve("backup.zip").toAbsolutePath();
        Files.createDirectories(work);
        Files.deleteIfExists(archive);
        Set<AckBook.Reading> before;
        Set<AckBook.Reading> sent;
        try (var container = new Container("backed-up", "all"); var book = new AckBook(work.resolve("backup.book"))) {
            container.start();
            var admin = container.admin();
            admin.put("/devices/board", Map.of("siteId", "site", "profileId", "mq-board", "name", "board", "addresses", Map.of(), "syntheticChannels", List.of(), "enabled", true));
            admin.post("/accounts", Map.of("id", "blue", "holder", "Blue"));
            deposit(admin, "d1");
            awaitCash(admin, 1_000);
            var complaints = new ConcurrentLinkedQueue<String>();
            var load = new HttpLoad(container, "board", HttpLoad::board, Set.of(503), new Load.Client(book, new ReentrantReadWriteLock().readLock(), complaints), new Load.Pace(Instant.now().minus(Duration.ofDays(2)).toEpochMilli(), 1, 500, 20_000));
            load.start();
            Container.await("readings", 60, load::acknowledged, n -> n > 50_000);
            before = book.acknowledged();
            var said = container.backup(archive);
            assertTrue(said.contains("derby: ") && said.contains("keep it as safe as them"), said);
            long during = load.acknowledged();
            deposit(admin, "d2");
            Container.await("more readings", 60, load::acknowledged, n -> n > during + 20_000);
            load.finish();
            sent = book.sent();
            assertEquals(List.of(), List.copyOf(complaints));
            assertThrows(AssertionError.class, () -> container.restore(archive), "it runs");
        }
        assertTrue(!Files.getPosixFilePermissions(archive).stream().anyMatch(p -> p.name().startsWith("GROUP") || p.name().startsWith("OTHERS")), "others may read the keys");
        try (var elsewhere = new Container("restored", "all")) {
            assertTrue(elsewhere.restore(archive).contains("files restored"));
            elsewhere.start();
            var admin = elsewhere.admin();
            ReadingCheck.of(sent, before, JournalCopy.of(admin), Load::value).mustHold();
            assertTrue(elsewhere.exec("carbomt:journal-verify").contains("The chain holds."));
            deposit(admin, "d1");
            deposit(admin, "d2");
            awaitCash(admin, 2_000);
            deposit(admin, "d3");
            awaitCash(admin, 3_000);
        }
        damaged(archive);
    }

    private static void deposit(Api admin, String id) {
        admin.post("/accounts/blue/deposits", Map.of("requestId", id, "minor", 1_000));
    }

    private static void awaitCash(Api admin, long minor) {
        Container.await("cash of " + minor, 30, () -> admin.get("/accounts/blue").get("cash").asLong(), cash -> cash == minor);
    }

    /** One byte changed, or the end cut off, is refused by name. */
    private static void damaged(java.nio.file.Path archive) throws Exception {
        var bytes = Files.readAllBytes(archive);
        var carbomt = java.nio.file.Path.of(System.getProperty("carbomt.work"), "container-restored", "bin", "carbomt").toAbsolutePath().toString();
        bytes[bytes.length / 3] ^= 1;
        Files.write(archive, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        var changed = assertThrows(AssertionError.class, () -> Container.shell(List.of(carbomt, "restore", "--check", archive.toString()), 60)).getMessage();
        assertTrue(changed.contains("take another backup"), changed);
        Files.write(archive, java.util.Arrays.copyOf(bytes, bytes.length / 2), StandardOpenOption.TRUNCATE_EXISTING);
        var cut = assertThrows(AssertionError.class, () -> Container.shell(List.of(carbomt, "restore", "--check", archive.toString()), 60)).getMessage();
        assertTrue(cut.contains("not a whole archive"), cut);
        Files.delete(archive);
    }
}
