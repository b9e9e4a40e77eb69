package org.carbomt.ledger.evidence;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.evidence.EvidenceStore.Evidence;
import org.carbomt.api.identity.Vault;

/**
 * The form of a stored object, version 1. Integers are unsigned, big endian:
 *
 * <pre>
 * offset  bytes  what
 * 0       7      "CARBOEV" in ASCII
 * 7       1      version, 1
 * 8       2      W, length of the wrapped key
 * 10      W      the object's own AES-256 key, sealed by the vault under the context "carbomt/evidence/1"
 * 10+W    2      M, length of the media type, 1 to 200
 * 12+W    M      media type, printable ASCII
 * 12+W+M  12     nonce, random
 * 24+W+M  n      AES-256-GCM ciphertext of the content
 * end-16  16     tag
 * </pre>
 *
 * All bytes before the ciphertext are its associated data: a changed media type, nonce or version is noticed like a changed content. Every
 * object has a fresh random key, so a nonce is never used twice with one key.
 */
final class Envelope {
    static final String KEY_CONTEXT = "carbomt/evidence/1";
    private static final byte[] MAGIC = "CARBOEV".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;

    private Envelope() {}

    /** @param key 32 random bytes, @param nonce 12 random bytes: fresh for every object */
    static byte[] seal(byte[] content, String mediaType, byte[] key, byte[] nonce, Vault vault) {
        if (mediaType == null || !mediaType.matches("[\\x21-\\x7e][\\x20-\\x7e]{0,199}")) {
            throw new IllegalArgumentException("mediaType: " + mediaType + ", expected 1 to 200 printable ASCII characters");
        }
        var wrapped = vault.seal(key, KEY_CONTEXT);
        if (wrapped.length > 0xffff) throw new IllegalStateException("the vault wrapped a key into " + wrapped.length + " bytes, at most 65535 fit");
        var media = mediaType.getBytes(StandardCharsets.US_ASCII);
        var head = ByteBuffer.allocate(24 + wrapped.length + media.length);
        head.put(MAGIC).put((byte) VERSION).putShort((short) wrapped.length).put(wrapped).putShort((short) media.length).put(media).put(nonce);
        var sealed = AesGcm.seal(key, nonce, head.array(), content);
        var all = Arrays.copyOf(head.array(), head.capacity() + sealed.length);
        System.arraycopy(sealed, 0, all, head.capacity(), sealed.length);
        return all;
    }

    /** CarboException {@code evidence.unreadable} when the bytes are not an envelope, were changed, or belong to another vault. */
    static Evidence open(byte[] envelope, Vault vault) {
        try {
            var in = ByteBuffer.wrap(envelope);
            if (!Arrays.equals(take(in, MAGIC.length), MAGIC)) throw unreadable("its first seven bytes are not CARBOEV", null);
            int version = in.get();
            if (version != VERSION) throw unreadable("its version is " + version + ", this program reads version " + VERSION, null);
            var wrapped = take(in, in.getShort() & 0xffff);
            var media = take(in, in.getShort() & 0xffff);
            var nonce = take(in, AesGcm.NONCE);
            int headLength = in.position();
            if (in.remaining() < AesGcm.TAG) throw unreadable("it ends before its tag", null);
            var key = vault.open(wrapped, KEY_CONTEXT);
            var content = AesGcm.open(key, nonce, Arrays.copyOf(envelope, headLength), Arrays.copyOfRange(envelope, headLength, envelope.length));
            return new Evidence(content, new String(media, StandardCharsets.US_ASCII));
        } catch (BufferUnderflowException e) {
            throw unreadable("it is cut short", e);
        } catch (AEADBadTagException e) {
            throw unreadable("its tag does not fit: it was changed", e);
        }
    }

    private static byte[] take(ByteBuffer in, int length) {
        if (length > in.remaining()) throw new BufferUnderflowException();
        var bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static CarboException unreadable(String why, Exception cause) {
        return new CarboException(new Problem("evidence.unreadable", "envelope", why, "an evidence envelope of this container's vault"), cause);
    }
}
