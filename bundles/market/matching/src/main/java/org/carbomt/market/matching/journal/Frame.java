package org.carbomt.market.matching.journal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.carbomt.api.canonical.Hash;

/**
 * The head of a group of commands in the journal, 92 bytes: "CMTG", length of the body (u32), sequence of the first command (u64), time (u64, milliseconds since
 * 1970), number of commands (u32), chain before (32 bytes), chain after (32 bytes); the body follows. Chain after = SHA-256(chain before, the 24 bytes from
 * length to number, body). So a group proves itself, and its place after the one before.
 */
record Frame(int length, long first, long time, int count, Hash before, Hash after) {
    static final int HEAD = 92;
    static final int LONGEST = 1 << 20;
    static final int MAGIC = 0x434d5447;
    private static final int HASHED_FROM = 4;
    private static final int HASHED_TO = 28;

    /** Writes the head for the body (position to limit; left as they are) into the buffer. @return the chain after it */
    static Hash write(ByteBuffer head, ByteBuffer body, long first, long time, int count, Hash before, MessageDigest digest) {
        head.clear().putInt(MAGIC).putInt(body.remaining()).putLong(first).putLong(time).putInt(count).put(before.bytes());
        var after = chain(head, body, before, digest);
        head.put(after.bytes()).flip();
        return after;
    }

    private static Hash chain(ByteBuffer head, ByteBuffer body, Hash before, MessageDigest digest) {
        digest.reset();
        digest.update(before.bytes());
        digest.update(head.duplicate().position(HASHED_FROM).limit(HASHED_TO));
        digest.update(body.duplicate());
        return Hash.of(digest.digest());
    }

    /** The frame at the start of those bytes, if a whole one lies there. @param bytes position to limit; left as they are */
    static Frame read(ByteBuffer bytes, MessageDigest digest) {
        if (bytes.remaining() < HEAD) return null;
        var head = bytes.slice();
        if (head.getInt(0) != MAGIC) return null;
        int length = head.getInt(4);
        int count = head.getInt(24);
        if (length < 1 || length > LONGEST || count < 1 || length > head.remaining() - HEAD) return null;
        var before = hash(head, HASHED_TO);
        var after = hash(head, HASHED_TO + Hash.LENGTH);
        var body = head.duplicate().position(HEAD).limit(HEAD + length);
        if (!chain(head, body, before, digest).equals(after)) return null;
        return new Frame(length, head.getLong(8), head.getLong(16), count, before, after);
    }

    private static Hash hash(ByteBuffer head, int at) {
        var bytes = new byte[Hash.LENGTH];
        head.get(at, bytes);
        return Hash.of(bytes);
    }
}
