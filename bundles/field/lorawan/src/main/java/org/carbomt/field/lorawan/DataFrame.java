package org.carbomt.field.lorawan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import javax.crypto.spec.SecretKeySpec;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;

/**
 * A data message from a device (LoRaWAN 1.0.3, section 4), not yet checked.
 *
 * @param phy the whole PHYPayload
 * @param devAddr device address
 * @param counter16 lower 16 bits of the frame counter
 * @param fPort port, if any; 0 carries commands of the radio layer
 * @param encrypted FRMPayload
 */
record DataFrame(byte[] phy, int devAddr, int counter16, OptionalInt fPort, byte[] encrypted) {
    /** MHDR, DevAddr, FCtrl, FCnt and MIC. */
    private static final int SHORTEST = 12;
    /** Section 7: the largest MACPayload of any region, with MHDR and MIC. */
    private static final int LONGEST = 255;
    private static final int MIC = 4;

    /** @throws CarboException.Invalid with {@code lorawan.frame-malformed} or {@code lorawan.type-unsupported} */
    static DataFrame parse(byte[] phy) {
        if (phy.length < SHORTEST || phy.length > LONGEST) throw malformed("length", phy.length + " bytes", SHORTEST + " to " + LONGEST);
        int type = (phy[0] & 0xff) >>> 5;
        if ((phy[0] & 0x03) != 0) throw malformed("MHDR.Major", String.valueOf(phy[0] & 0x03), "0, LoRaWAN R1");
        if (type != 2 && type != 4) throw new CarboException.Invalid(new Problem("lorawan.type-unsupported", "MHDR.MType", String.valueOf(type), "2 or 4, a data message up; devices are activated by personalisation"));
        var in = ByteBuffer.wrap(phy).order(ByteOrder.LITTLE_ENDIAN);
        in.get();
        int devAddr = in.getInt();
        int options = in.get() & 0x0f;
        int counter = in.getShort() & 0xffff;
        int rest = in.remaining() - MIC - options;
        if (rest < 0) throw malformed("FCtrl.FOptsLen", String.valueOf(options), "at most the " + (in.remaining() - MIC) + " bytes that are there");
        in.position(in.position() + options);
        if (rest == 0) return new DataFrame(phy, devAddr, counter, OptionalInt.empty(), new byte[0]);
        int port = in.get() & 0xff;
        if (port == 0 && options > 0) throw malformed("FPort", "0", "another than 0 beside options in the header");
        var payload = new byte[rest - 1];
        in.get(payload);
        return new DataFrame(phy, devAddr, counter, OptionalInt.of(port), payload);
    }

    private static CarboException malformed(String field, String value, String expected) {
        return new CarboException.Invalid(new Problem("lorawan.frame-malformed", field, value, expected));
    }

    /** 8 hexadecimal digits. */
    String address() {
        return HexFormat.of().toHexDigits(devAddr);
    }

    /** Section 4.4: whether the integrity code is that of this key and counter. Constant time. @param counter all 32 bits */
    boolean intact(SecretKeySpec nwkSKey, long counter) {
        int length = phy.length - MIC;
        var message = Arrays.copyOf(block((byte) 0x49, counter, (byte) length), 16 + length);
        System.arraycopy(phy, 0, message, 16, length);
        return MessageDigest.isEqual(Arrays.copyOf(AesCmac.of(nwkSKey, message), MIC), Arrays.copyOfRange(phy, length, phy.length));
    }

    /** Section 4.3.3. @param counter all 32 bits */
    byte[] decrypt(SecretKeySpec appSKey, long counter) {
        var aes = AesCmac.encryptor(appSKey);
        var out = encrypted.clone();
        for (int at = 0; at < out.length; at += 16) {
            var pad = AesCmac.encrypt(aes, block((byte) 0x01, counter, (byte) (at / 16 + 1)));
            for (int i = at; i < Math.min(at + 16, out.length); i++) out[i] ^= pad[i - at];
        }
        return out;
    }

    /** B0 and A_i: first ‖ 0 (4) ‖ direction up (1) ‖ DevAddr (4) ‖ FCnt (4) ‖ 0 ‖ last. */
    private byte[] block(byte first, long counter, byte last) {
        return ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).put(first).putInt(0).put((byte) 0).putInt(devAddr).putInt((int) counter).put((byte) 0).put(last).array();
    }
}
