package org.carbomt.ledger.evidenceipfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.carbomt.api.CarboException;
import org.carbomt.api.evidence.Cid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Kubo node, offline, where {@code ipfs} is on the PATH. */
class IpfsCopyTest {
    @TempDir
    static Path folder;

    private static Process node;
    private static String api;

    @BeforeAll
    static void start() throws Exception {
        if (Stream.of(System.getenv("PATH").split(":")).noneMatch(p -> Files.isExecutable(Path.of(p, "ipfs")))) return;
        int port = freePort();
        api = "http://127.0.0.1:" + port;
        ipfs("init", "--profile=test");
        ipfs("config", "Addresses.API", "/ip4/127.0.0.1/tcp/" + port);
        ipfs("config", "Addresses.Gateway", "/ip4/127.0.0.1/tcp/" + freePort());
        node = builder("daemon", "--offline").start();
        var copy = new IpfsCopy(new Settings(api, ""));
        for (int i = 0; ; i++) {
            try {
                copy.has(Cid.ofContent(new byte[0]));
                return;
            } catch (CarboException e) {
                if (i == 300 || !node.isAlive()) throw e;
                Thread.sleep(100);
            }
        }
    }

    @BeforeEach
    void needsANode() {
        assumeTrue(node != null, "no IPFS node (Kubo's 'ipfs') on the PATH");
    }

    @AfterAll
    static void stop() throws Exception {
        if (node == null) return;
        node.destroy();
        node.waitFor();
    }

    @Test
    void keepsPinnedBlocksUnderOurCidSmallAndAboveOneMebibyte() {
        var copy = new IpfsCopy(new Settings(api, ""));
        for (int length : new int[] {1, 3_000, (1 << 20) + 77}) {
            var bytes = new byte[length];
            new Random(length).nextBytes(bytes);
            var cid = Cid.ofContent(bytes);
            assertFalse(copy.has(cid));
            assertTrue(copy.get(cid).isEmpty());
            copy.put(cid, bytes);
            copy.put(cid, bytes);
            assertTrue(copy.has(cid));
            assertArrayEquals(bytes, copy.get(cid).orElseThrow());
        }
    }

    @Test
    void noticesThatTheBytesAreNotThoseOfTheCid() {
        var e = assertThrows(CarboException.class, () -> new IpfsCopy(new Settings(api, "")).put(Cid.ofContent(new byte[] {1}), new byte[] {2}));
        assertTrue(e.getMessage().contains("evidence.ipfs.other-cid"), e.getMessage());
    }

    private static void ipfs(String... arguments) throws Exception {
        if (builder(arguments).start().waitFor() != 0) throw new IOException("ipfs " + Arrays.toString(arguments));
    }

    private static ProcessBuilder builder(String... arguments) {
        var builder = new ProcessBuilder(Stream.concat(Stream.of("ipfs"), Stream.of(arguments)).toList()).redirectErrorStream(true).redirectOutput(folder.resolve("ipfs.log").toFile());
        builder.environment().put("IPFS_PATH", folder.resolve("repository").toString());
        builder.environment().put("IPFS_TELEMETRY", "off");
        return builder;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    record Settings(String api, String authorizationFile) implements IpfsCopy.Config {
        @Override
        public int timeoutSeconds() {
            return 10;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return IpfsCopy.Config.class;
        }
    }
}
