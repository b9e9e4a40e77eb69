package org.carbomt.platform.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.carbomt.api.CarboException;
import org.carbomt.api.store.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.api.Test;

/** The same on Derby and on a private PostgreSQL that the test starts from Debian's server binaries. */
class RelationalStoreTest {
    @TempDir
    static Path folder;
    private static Process postgres;
    private static int port;

    static Stream<String> engines() throws Exception {
        var all = new ArrayList<>(List.of("derby"));
        if (startPostgres()) all.add("postgresql");
        return all.stream();
    }

    private static RelationalStore store(String engine) {
        return engine.equals("derby") ? RelationalStore.derbyInMemory("store-test") : RelationalStore.open("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "carbomt", "");
    }

    private static Database open(RelationalStore store) {
        return store.open("org.carbomt.test", RelationalStoreTest.class.getClassLoader(), "db/test.xml");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void migratesOnceAndCommitsOrNothing(String engine) {
        try (var store = store(engine)) {
            var database = open(store);
            open(store);
            assertEquals(engine, database.engine());
            database.transact(c -> c.createStatement().executeUpdate("delete from test_item"));
            assertThrows(IllegalStateException.class, () -> database.transact(c -> {
                c.createStatement().executeUpdate("insert into test_item (id, amount) values ('a', 1)");
                throw new IllegalStateException("after the insert");
            }));
            assertEquals(0L, count(database));
        }
    }

    // Two increments at once must both count: a serialisation failure is run again
    @ParameterizedTest
    @MethodSource("engines")
    void losesNoUpdateUnderContention(String engine) throws Exception {
        try (var store = store(engine)) {
            var database = open(store);
            database.transact(c -> c.createStatement().executeUpdate("delete from test_item"));
            database.transact(c -> c.createStatement().executeUpdate("insert into test_item (id, amount) values ('a', 0)"));
            var pool = Executors.newFixedThreadPool(2);
            Callable<Void> twentyTimes = () -> {
                for (int i = 0; i < 20; i++) database.transact(c -> c.createStatement().executeUpdate("update test_item set amount = amount + 1 where id = 'a'"));
                return null;
            };
            for (var done : pool.invokeAll(List.of(twentyTimes, twentyTimes))) done.get(30, TimeUnit.SECONDS);
            pool.shutdown();
            assertEquals(40L, database.<Long>read(c -> {
                try (var r = c.createStatement().executeQuery("select amount from test_item where id = 'a'")) {
                    r.next();
                    return r.getLong(1);
                }
            }));
        }
    }

    @Test
    void saysWhichDatabaseCannotBeReached() {
        var e = assertThrows(CarboException.Unavailable.class, () -> RelationalStore.open("jdbc:postgresql://127.0.0.1:1/none?password=secret&connectTimeout=1", "x", "y"));
        assertTrue(e.getMessage().contains("127.0.0.1:1") && !e.getMessage().contains("secret"), e.getMessage());
    }

    @Test
    void saysWhichChangeLogIsMissing() {
        try (var store = RelationalStore.derbyInMemory("missing-log")) {
            var e = assertThrows(CarboException.class, () -> store.open("x", getClass().getClassLoader(), "db/none.xml"));
            assertTrue(e.getMessage().contains("db/none.xml"), e.getMessage());
        }
    }

    private static long count(Database database) {
        return database.<Long>read(c -> {
            try (var r = c.createStatement().executeQuery("select count(*) from test_item")) {
                r.next();
                return r.getLong(1);
            }
        });
    }

    private static synchronized boolean startPostgres() throws IOException, InterruptedException {
        if (postgres != null) return true;
        var versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            Assumptions.abort("no PostgreSQL server binaries here (Debian: apt-get install postgresql); verify installs them");
            return false;
        }
        Path bin;
        try (var list = Files.list(versions)) {
            bin = list.map(v -> v.resolve("bin")).filter(b -> Files.exists(b.resolve("initdb"))).findFirst().orElse(null);
        }
        if (bin == null) return false;
        try (var s = new ServerSocket(0)) {
            port = s.getLocalPort();
        }
        var data = Files.createTempDirectory("carbomt-pg");
        boolean root = "root".equals(System.getProperty("user.name"));
        if (root) run(List.of("chown", "postgres", data.toString()));
        var as = root ? List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups") : List.<String>of();
        run(concat(as, bin.resolve("initdb").toString(), "-D", data.resolve("d").toString(), "-A", "trust", "-U", "carbomt", "--no-sync"));
        postgres = new ProcessBuilder(concat(as, bin.resolve("postgres").toString(), "-D", data.resolve("d").toString(), "-p", "" + port, "-c", "listen_addresses=127.0.0.1", "-k", data.toString()))
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        for (int i = 0; i < 100; i++) {
            try (var s = new java.net.Socket("127.0.0.1", port)) {
                return true;
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        return false;
    }

    private static List<String> concat(List<String> a, String... b) {
        var all = new ArrayList<>(a);
        all.addAll(List.of(b));
        return all;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        if (process.waitFor() != 0) throw new IOException(command + " ended with " + process.exitValue());
    }

    @AfterAll
    static void stopPostgres() {
        if (postgres != null) postgres.destroy();
    }
}
