package org.carbomt.ledger.evidences3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples that AWS publishes: docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html. */
class SignatureTest {
    private static final Credentials KEYS = new Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "");
    private static final Instant TIME = Instant.parse("2013-05-24T00:00:00Z");

    @Test
    void getsAnObjectLikeTheExample() {
        var headers = Signature.sign(KEYS, "us-east-1", TIME, "GET", "/test.txt", Map.of("host", "examplebucket.s3.amazonaws.com", "range", "bytes=0-9"), new byte[0]);
        assertEquals("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41", headers.get("Authorization"));
    }

    @Test
    void putsAnObjectLikeTheExample() {
        var headers = Signature.sign(KEYS, "us-east-1", TIME, "PUT", "/test%24file.text",
                Map.of("host", "examplebucket.s3.amazonaws.com", "date", "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class", "REDUCED_REDUNDANCY"), "Welcome to Amazon S3.".getBytes(StandardCharsets.US_ASCII));
        assertEquals("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd", headers.get("Authorization").replaceAll(".*Signature=", ""));
    }

    @Test
    void showsNoSecret() {
        assertFalse(KEYS.toString().contains("wJalr"));
    }
}
