package org.carbomt.market.matching.engine;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.carbomt.api.canonical.Hash;

/** SHA-256 over the state: every number as eight bytes, big end first, in the order of {@link Engine#write}. */
public final class StateHash implements StateSink {
    private final MessageDigest digest = Hash.digest();
    private final ByteBuffer buffer = ByteBuffer.allocate(8192);

    private StateHash() {}

    public static Hash of(Engine engine) {
        var hash = new StateHash();
        engine.write(hash);
        hash.flush();
        return Hash.of(hash.digest.digest());
    }

    @Override
    public void put(long value) {
        if (!buffer.hasRemaining()) flush();
        buffer.putLong(value);
    }

    private void flush() {
        digest.update(buffer.flip());
        buffer.clear();
    }
}
