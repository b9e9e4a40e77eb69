package org.carbomt.field.lorawan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The device's side, LoRaWAN 1.0.3, section 4, by other means than the product: the key stream of 4.3.3 is AES in counter mode (the block index is the
 * last byte, far from overflow), and CMAC is the last block of CBC over the message with its end masked.
 */
final class Frames {
    private Frames() {}

    static byte[] up(int address, long counter, int port, byte[] payload, SecretKeySpec nwk, SecretKeySpec app) {
        try {
            var stream = Cipher.getInstance("AES/CTR/NoPadding");
            stream.init(Cipher.ENCRYPT_MODE, app, new IvParameterSpec(block(1, address, counter, 1)));
            var body = ByteBuffer.allocate(9 + payload.length).order(ByteOrder.LITTLE_ENDIAN).put((byte) 0x40).putInt(address).put((byte) 0).putShort((short) counter).put((byte) port).put(stream.doFinal(payload)).array();
            return signed(body, address, counter, nwk);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param body the frame without its MIC */
    static byte[] signed(byte[] body, int address, long counter, SecretKeySpec nwk) throws GeneralSecurityException {
        var message = ByteBuffer.allocate(16 + body.length).put(block(0x49, address, counter, body.length)).put(body).array();
        var ecb = Cipher.getInstance("AES/ECB/NoPadding");
        ecb.init(Cipher.ENCRYPT_MODE, nwk);
        var l = new java.math.BigInteger(1, ecb.doFinal(new byte[16]));
        boolean whole = message.length % 16 == 0;
        var mask = whole ? twice(l) : twice(twice(l));
        var padded = Arrays.copyOf(message, (message.length + 15) / 16 * 16);
        if (!whole) padded[message.length] = (byte) 0x80;
        for (int i = 0; i < 16; i++) padded[padded.length - 16 + i] ^= mask.shiftRight(8 * (15 - i)).byteValue();
        var cbc = Cipher.getInstance("AES/CBC/NoPadding");
        cbc.init(Cipher.ENCRYPT_MODE, nwk, new IvParameterSpec(new byte[16]));
        var mac = cbc.doFinal(padded);
        return ByteBuffer.allocate(body.length + 4).put(body).put(mac, mac.length - 16, 4).array();
    }

    private static java.math.BigInteger twice(java.math.BigInteger in) {
        var out = in.shiftLeft(1);
        return out.testBit(128) ? out.clearBit(128).xor(java.math.BigInteger.valueOf(0x87)) : out;
    }

    private static byte[] block(int first, int address, long counter, int last) {
        return ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).put((byte) first).putInt(0).put((byte) 0).putInt(address).putInt((int) counter).put((byte) 0).put((byte) last).array();
    }
}
