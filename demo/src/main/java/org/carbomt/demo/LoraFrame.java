package org.carbomt.demo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** Makes LoRaWAN 1.0.x unconfirmed data up frames (LoRaWAN 1.0.3, section 4), as the radio of a device would. */
public final class LoraFrame {
    private LoraFrame() {}

    /**
     * @param devAddr device address
     * @param counter frame counter, 32 bits; 16 go into the frame
     * @return PHYPayload
     */
    public static byte[] dataUp(int devAddr, int counter, int port, byte[] payload, byte[] nwkSKey, byte[] appSKey) {
        try {
            var body = ByteBuffer.allocate(9 + payload.length).order(ByteOrder.LITTLE_ENDIAN);
            body.put((byte) 0x40).putInt(devAddr).put((byte) 0).putShort((short) counter).put((byte) port).put(crypt(devAddr, counter, payload, appSKey));
            var b0 = block((byte) 0x49, devAddr, counter, (byte) body.capacity());
            var mic = Arrays.copyOf(cmac(nwkSKey, concat(b0, body.array())), 4);
            return concat(body.array(), mic);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES is required of every Java platform", e);
        }
    }

    /** Section 4.3.3: payload XOR AES(key, A_i). */
    private static byte[] crypt(int devAddr, int counter, byte[] payload, byte[] key) throws GeneralSecurityException {
        var out = payload.clone();
        for (int i = 0; i * 16 < payload.length; i++) {
            var s = aes(key, block((byte) 0x01, devAddr, counter, (byte) (i + 1)));
            for (int j = 0; j < 16 && i * 16 + j < payload.length; j++) out[i * 16 + j] ^= s[j];
        }
        return out;
    }

    private static byte[] block(byte first, int devAddr, int counter, byte last) {
        return ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).put(first).putInt(0).put((byte) 0).putInt(devAddr).putInt(counter).put((byte) 0).put(last).array();
    }

    /** AES-CMAC, RFC 4493. */
    public static byte[] cmac(byte[] key, byte[] message) throws GeneralSecurityException {
        var k1 = twice(aes(key, new byte[16]));
        var k2 = twice(k1);
        int blocks = Math.max(1, (message.length + 15) / 16);
        boolean whole = message.length > 0 && message.length % 16 == 0;
        var x = new byte[16];
        for (int i = 0; i < blocks; i++) {
            var b = Arrays.copyOfRange(message, i * 16, Math.min(message.length, i * 16 + 16));
            if (i == blocks - 1) {
                var mask = whole ? k1 : k2;
                var padded = Arrays.copyOf(b, 16);
                if (!whole) padded[b.length] = (byte) 0x80;
                for (int j = 0; j < 16; j++) padded[j] ^= mask[j];
                b = padded;
            }
            for (int j = 0; j < 16; j++) x[j] ^= b[j];
            x = aes(key, x);
        }
        return x;
    }

    private static byte[] twice(byte[] in) {
        var out = new byte[16];
        for (int i = 0; i < 16; i++) out[i] = (byte) (in[i] << 1 | (i < 15 ? (in[i + 1] & 0xff) >>> 7 : 0));
        if ((in[0] & 0x80) != 0) out[15] ^= (byte) 0x87;
        return out;
    }

    private static byte[] aes(byte[] key, byte[] block) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/ECB/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        return cipher.doFinal(block);
    }

    private static byte[] concat(byte[] a, byte[] b) {
        var out = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, out, a.length, b.length);
        return out;
    }
}
