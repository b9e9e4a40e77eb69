package org.carbomt.ledger.evidences3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Random;
import org.carbomt.api.CarboException;
import org.carbomt.api.evidence.Cid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against moto, a server that speaks S3 (it does not check signatures; {@link SignatureTest} does). */
class S3CopyTest {
    private static final Map<String, String> KEYS = Map.of("AWS_ACCESS_KEY_ID", "key", "AWS_SECRET_ACCESS_KEY", "not-to-be-shown");

    @TempDir
    static Path folder;

    private static Process server;
    private static String endpoint;

    @BeforeAll
    static void start() throws Exception {
        var program = Path.of(System.getProperty("tools", ".tools"), "moto", "bin", "moto_server");
        if (!Files.isExecutable(program)) return;
        int port = freePort();
        endpoint = "http://127.0.0.1:" + port;
        server = new ProcessBuilder(program.toString(), "-H", "127.0.0.1", "-p", "" + port).redirectErrorStream(true).redirectOutput(folder.resolve("moto.log").toFile()).start();
        var make = HttpRequest.newBuilder(URI.create(endpoint + "/evidence-bucket")).PUT(HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/s3/aws4_request,SignedHeaders=host,Signature=0").build();
        for (int i = 0; ; i++) {
            try {
                HttpClient.newHttpClient().send(make, HttpResponse.BodyHandlers.discarding());
                return;
            } catch (IOException e) {
                if (i == 300 || !server.isAlive()) throw e;
                Thread.sleep(100);
            }
        }
    }

    @BeforeEach
    void needsAServer() {
        assumeTrue(server != null, "no S3 server (moto) in .tools; ./verify installs it");
    }

    @AfterAll
    static void stop() throws Exception {
        if (server == null) return;
        server.destroy();
        server.waitFor();
    }

    @Test
    void keepsWhatItIsGiven() {
        var copy = copy(endpoint, "evidence-bucket");
        for (int length : new int[] {0, 3_000, 5 << 20}) {
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
    void saysThatTheBucketIsAbsent() {
        var copy = copy(endpoint, "no-such-bucket");
        var e = assertThrows(CarboException.Unavailable.class, () -> copy.put(Cid.ofContent(new byte[1]), new byte[1]));
        assertTrue(e.getMessage().contains("HTTP 404 NoSuchBucket; expected a bucket that is there"), e.getMessage());
        assertThrows(CarboException.Unavailable.class, () -> copy.get(Cid.ofContent(new byte[1])), "a bucket that is absent does not say that the object is");
    }

    @Test
    void saysThatNobodyAnswersAndThatKeysAreMissing() throws Exception {
        var nobody = copy("http://127.0.0.1:" + freePort(), "evidence-bucket");
        assertTrue(assertThrows(CarboException.Unavailable.class, () -> nobody.has(Cid.ofContent(new byte[1]))).getMessage().startsWith("evidence.s3.unreachable"));
        var keyless = new S3Copy(Clock.systemUTC(), new Settings(endpoint, "evidence-bucket", ""), Map.of());
        assertTrue(assertThrows(CarboException.Unavailable.class, () -> keyless.has(Cid.ofContent(new byte[1]))).getMessage().contains("AWS_ACCESS_KEY_ID"));
        var file = Files.writeString(folder.resolve("keys"), "[default]\naws_access_key_id = key\naws_secret_access_key=s=cret\n");
        assertFalse(new S3Copy(Clock.systemUTC(), new Settings(endpoint, "evidence-bucket", file.toString()), Map.of()).has(Cid.ofContent(new byte[] {9})));
    }

    @Test
    void saysWhatIsWrongWithASetting() {
        assertTrue(assertThrows(CarboException.Invalid.class, () -> copy(endpoint, "Big Bucket")).getMessage().contains("bucket = Big Bucket; expected 3 to 63"));
    }

    private static S3Copy copy(String endpoint, String bucket) {
        return new S3Copy(Clock.systemUTC(), new Settings(endpoint, bucket, ""), KEYS);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    record Settings(String endpoint, String bucket, String credentialsFile) implements S3Copy.Config {
        @Override
        public String region() {
            return "us-east-1";
        }

        @Override
        public String prefix() {
            return "evidence/";
        }

        @Override
        public String serverSideEncryption() {
            return "AES256";
        }

        @Override
        public int timeoutSeconds() {
            return 10;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return S3Copy.Config.class;
        }
    }
}
