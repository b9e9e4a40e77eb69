package org.carbomt.ledger.evidences3;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.carbomt.api.canonical.Hash;

/** AWS Signature Version 4 in the Authorization header (docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html), for requests without a query. */
final class Signature {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private Signature() {}

    /**
     * @param path percent-encoded, as it is sent
     * @param headers those of the request beside date, content hash and token; host among them
     * @return all headers to send, Authorization among them
     */
    static SortedMap<String, String> sign(Credentials credentials, String region, Instant now, String method, String path, Map<String, String> headers, byte[] body) {
        var time = TIME.format(now);
        var scope = time.substring(0, 8) + "/" + region + "/s3/aws4_request";
        var all = new TreeMap<>(headers);
        all.put("x-amz-date", time);
        all.put("x-amz-content-sha256", Hash.sha256(body).hex());
        if (!credentials.sessionToken().isEmpty()) all.put("x-amz-security-token", credentials.sessionToken());
        var names = String.join(";", all.keySet());
        var canonical = method + "\n" + path + "\n\n" + all.entrySet().stream().map(e -> e.getKey() + ":" + e.getValue().strip() + "\n").collect(Collectors.joining()) + "\n" + names + "\n" + all.get("x-amz-content-sha256");
        var toSign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + Hash.sha256(canonical.getBytes(StandardCharsets.UTF_8)).hex();
        var key = ("AWS4" + credentials.secretKey()).getBytes(StandardCharsets.UTF_8);
        for (var part : scope.split("/")) key = hmac(key, part);
        all.put("Authorization", "AWS4-HMAC-SHA256 Credential=" + credentials.accessKey() + "/" + scope + ",SignedHeaders=" + names + ",Signature=" + Hash.of(hmac(key, toSign)).hex());
        return all;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is in every JDK", e);
        }
    }
}
