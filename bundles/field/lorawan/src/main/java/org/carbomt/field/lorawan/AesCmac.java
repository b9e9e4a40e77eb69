package org.carbomt.field.lorawan;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** AES-CMAC, RFC 4493. */
final class AesCmac {
    private static final int BLOCK = 16;

    private AesCmac() {}

    /** @return 16 bytes */
    static byte[] of(SecretKeySpec key, byte[] message) {
        var aes = encryptor(key);
        var k1 = twice(encrypt(aes, new byte[BLOCK]));
        int last = message.length == 0 ? 0 : (message.length - 1) / BLOCK * BLOCK;
        var end = Arrays.copyOfRange(message, last, last + BLOCK);
        boolean whole = message.length - last == BLOCK;
        if (!whole) end[message.length - last] = (byte) 0x80;
        xor(end, whole ? k1 : twice(k1), 0);
        var x = new byte[BLOCK];
        for (int at = 0; at < last; at += BLOCK) {
            xor(x, message, at);
            x = encrypt(aes, x);
        }
        xor(x, end, 0);
        return encrypt(aes, x);
    }

    private static void xor(byte[] into, byte[] from, int at) {
        for (int i = 0; i < BLOCK; i++) into[i] ^= from[at + i];
    }

    /** Section 2.3: times x in GF(2^128). */
    private static byte[] twice(byte[] in) {
        var out = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) out[i] = (byte) (in[i] << 1 | (i < BLOCK - 1 ? (in[i + 1] & 0xff) >>> 7 : 0));
        if (in[0] < 0) out[BLOCK - 1] ^= (byte) 0x87;
        return out;
    }

    static Cipher encryptor(SecretKeySpec key) {
        try {
            var aes = Cipher.getInstance("AES/ECB/NoPadding"); // single blocks: the mode is built on top, here and in DataFrame
            aes.init(Cipher.ENCRYPT_MODE, key);
            return aes;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES is required of every Java platform", e);
        }
    }

    static byte[] encrypt(Cipher aes, byte[] block) {
        try {
            return aes.doFinal(block);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a block of 16 bytes can be encrypted", e);
        }
    }
}
