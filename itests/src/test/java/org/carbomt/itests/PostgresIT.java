package org.carbomt.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same on PostgreSQL, by three lines of configuration: from readings to retired credits, with kills in between. Kills: {@code carbomt.postgresKills} (2). */
class PostgresIT {
    @Test
    void keepsItsBooksInPostgreSqlThroughKills() throws Exception {
        var size = new KillRounds.Size(Integer.getInteger("carbomt.postgresKills", 2), 3_000, 1, Long.getLong("carbomt.seed", System.nanoTime()));
        try (var database = new PrivatePostgres(); var container = new Container("postgres", "all")) {
            container.set("org.carbomt.platform.store", "url", database.url());
            container.set("org.carbomt.platform.store", "user", "carbomt");
            var secret = container.home.resolve("etc/store.password");
            Files.createFile(secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(secret, database.password() + "\n");
            container.set("org.carbomt.platform.store", "passwordFile", "${karaf.etc}/store.password");
            container.start();
            keepsBadInput(container);
            new KillRounds(container, size).losesNothingDoublesNothingAndStartsByItself();
            comesBackFromABackup(container);
            var log = Files.readString(container.home.resolve("data/log/karaf.log"));
            assertTrue(log.contains("store open: jdbc:postgresql://"), "it ran on another database");
            assertTrue(!log.contains(database.password()), "the password is in the log");
            assertTrue(Files.notExists(container.home.resolve("data/carbomt/derby")), "Derby was started, too");
        }
    }

    private static void comesBackFromABackup(Container container) throws Exception {
        var archive = container.home.resolveSibling("postgres-backup.zip");
        Files.deleteIfExists(archive);
        container.backup(archive);
        var admin = container.admin();
        var before = admin.get("/effects?limit=500").get("items");
        admin.put("/people/later", Map.of("name", "Later", "organisation", "o", "roles", List.of("AUDITOR")));
        container.stop();
        assertTrue(container.restore(archive, "--replace").contains("is restored"));
        container.start();
        assertEquals(before, admin.get("/effects?limit=500").get("items"));
        assertTrue(admin.get("/people").get("items").findValuesAsText("id").stream().noneMatch("later"::equals), "the database is not the one of the backup");
    }

    private static void keepsBadInput(Container container) throws Exception {
        var admin = container.admin();
        admin.put("/devices/bad-1", Map.of("siteId", "lab", "profileId", "mq-board", "name", "bad", "addresses", Map.of(), "syntheticChannels", List.of(), "enabled", true));
        try (var wire = new MqttWire(container.mqtt, "bad-1", "bad-1", container.secret("bad-1"), 5)) {
            assertEquals(0x99, wire.answer("devices/bad-1/readings", "{\"pm25\":"));
        }
        var kept = admin.get("/quarantine?device=bad-1").get("items").get(0);
        assertEquals("{\"pm25\":", new String(kept.get("payload").binaryValue(), StandardCharsets.UTF_8));
    }
}
