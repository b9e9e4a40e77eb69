package org.carbomt.market.matching;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.carbomt.api.canonical.Hash;

/** Numbers of requests: the first 64 bits of SHA-256 over kind, account and request id. Should two ever meet, the second is refused as one that differs. */
final class Requests {
    private Requests() {}

    static long id(String kind, String account, String requestId) {
        long id = ByteBuffer.wrap(Hash.sha256((kind + "/" + account + "/" + requestId).getBytes(StandardCharsets.UTF_8)).bytes()).getLong();
        return id == 0 ? 1 : id;
    }
}
