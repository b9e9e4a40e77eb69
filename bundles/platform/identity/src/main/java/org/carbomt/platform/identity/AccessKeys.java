package org.carbomt.platform.identity;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.carbomt.api.canonical.Hash;

/** Access keys: {@code cmt_} and 32 random bytes in base64url. With 256 bits of entropy a plain SHA-256 is a sufficient hash; guessing is hopeless. */
final class AccessKeys {
    private AccessKeys() {}

    static String fresh(SecureRandom random) {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return "cmt_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static Hash hash(String accessKey) {
        return Hash.sha256(accessKey.getBytes(StandardCharsets.UTF_8));
    }
}
