package org.carbomt.ledger.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;

/** Test cases 13, 14 and 16 of McGrew and Viega, "The Galois/Counter Mode of Operation", the document that NIST SP 800-38D rests on. */
class AesGcmTest {
    private static final byte[] KEY = hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
    private static final byte[] NONCE = hex("cafebabefacedbaddecaf888");
    private static final byte[] ASSOCIATED = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    private static final byte[] PLAIN = hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
    private static final String SEALED = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
            + "76fc6ece0f4e1768cddf8853bb2d551b";

    @Test
    void givesThePublishedCiphertextAndTag() {
        assertEquals("530f8afbc74536b9a963b4f1c4cb738b", text(AesGcm.seal(new byte[32], new byte[12], new byte[0], new byte[0])));
        assertEquals("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919", text(AesGcm.seal(new byte[32], new byte[12], new byte[0], new byte[16])));
        assertEquals(SEALED, text(AesGcm.seal(KEY, NONCE, ASSOCIATED, PLAIN)));
    }

    @Test
    void opensWhatItSealedAndNothingElse() throws Exception {
        assertArrayEquals(PLAIN, AesGcm.open(KEY, NONCE, ASSOCIATED, hex(SEALED)));
        for (int i = 0; i < hex(SEALED).length; i++) {
            var changed = hex(SEALED);
            changed[i] ^= 1;
            assertThrows(AEADBadTagException.class, () -> AesGcm.open(KEY, NONCE, ASSOCIATED, changed));
        }
        assertThrows(AEADBadTagException.class, () -> AesGcm.open(KEY, NONCE, new byte[20], hex(SEALED)));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static String text(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
