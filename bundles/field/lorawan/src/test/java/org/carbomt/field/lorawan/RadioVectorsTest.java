package org.carbomt.field.lorawan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.carbomt.api.CarboException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RadioVectorsTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final SecretKeySpec NWK = key("44024241ed4ce9a68c6a8bc055233fd3");
    private static final SecretKeySpec APP = key("ec925802ae430ca77fd3dd73cb2cc588");
    private static final byte[] FRAME = HEX.parseHex("40f17dbe4900020001954378762b11ff0d");

    private static SecretKeySpec key(String hex) {
        return new SecretKeySpec(HEX.parseHex(hex), "AES");
    }

    // RFC 4493, section 4
    @ParameterizedTest
    @CsvSource(nullValues = "none", value = {
        "none, bb1d6929e95937287fa37d129b756746",
        "6bc1bee22e409f96e93d7e117393172a, 070a16b46b4d4144f79bdd9dd04a287c",
        "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411, dfa66747de9ae63030ca32611497c827",
        "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710, 51f0bebf7e3b9d92fc49741779363cfe"
    })
    void cmacOfRfc4493(String message, String mac) {
        assertEquals(mac, HEX.formatHex(AesCmac.of(key("2b7e151628aed2a6abf7158809cf4f3c"), message == null ? new byte[0] : HEX.parseHex(message))));
    }

    // The published example of the lora-packet decoder (LoRaWAN 1.0 data up): device 49be7df1, counter 2, port 1, "test"
    @Test void readsThePublishedFrame() {
        var frame = DataFrame.parse(FRAME);
        assertEquals("49be7df1", frame.address());
        assertEquals(2, frame.counter16());
        assertEquals(1, frame.fPort().orElseThrow());
        assertTrue(frame.intact(NWK, 2));
        assertEquals("test", new String(frame.decrypt(APP, 2), StandardCharsets.US_ASCII));
    }

    @Test void theIntegrityCodeCoversEveryBitTheKeyAndAll32BitsOfTheCounter() {
        for (int bit = 0; bit < FRAME.length * 8; bit++) {
            var changed = FRAME.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertFalse(DataFrame.parse(changed).intact(NWK, 2), "bit " + bit);
            } catch (CarboException.Invalid e) {
                assertTrue(e.problem().code().startsWith("lorawan."));
            }
        }
        assertFalse(DataFrame.parse(FRAME).intact(NWK, 2 + 65_536));
        assertFalse(DataFrame.parse(FRAME).intact(APP, 2));
    }

    @ParameterizedTest
    @CsvSource({
        "40f17dbe490002002b11ff, lorawan.frame-malformed", // 11 bytes
        "41f17dbe4900020001954378762b11ff0d, lorawan.frame-malformed", // another major version
        "40f17dbe490f020001954378762b11ff0d, lorawan.frame-malformed", // options longer than the frame
        "40f17dbe4901020055009543782b11ff0d, lorawan.frame-malformed", // commands in the header and on port 0
        "00f17dbe4900020001954378762b11ff0d, lorawan.type-unsupported", // join request
        "60f17dbe4900020001954378762b11ff0d, lorawan.type-unsupported", // data down
        "e0f17dbe4900020001954378762b11ff0d, lorawan.type-unsupported" // proprietary
    })
    void saysWhatIsWrongWithAFrame(String hex, String code) {
        assertEquals(code, assertThrows(CarboException.Invalid.class, () -> DataFrame.parse(HEX.parseHex(hex))).problem().code());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, -1", "5, 0, 5, -1", "65535, 0, 65535, -1", // a new device
        "4, 5, 65540, 4", "5, 5, 5, -1", "65535, 65536, 131071, 65535", "0, 65535, 65536, 0", // around the turn
        "65535, 4294967295, 4294967295, 4294901759", "0, 4294967295, -1, 4294901760", "7, 4294967296, -1, 4294901767" // at the end of 32 bits
    })
    void reconstructsTheCounter(int low, long next, long ahead, long behind) {
        assertEquals(new FrameCounter(ahead < 0 ? OptionalLong.empty() : OptionalLong.of(ahead), behind < 0 ? OptionalLong.empty() : OptionalLong.of(behind)), FrameCounter.of(low, next));
    }

    @Property void theCounterIsTheNearestOnEitherSideWithTheseLowBits(@ForAll @IntRange(max = 65_535) int low, @ForAll @LongRange(max = 0x1_0000_0000L) long next) {
        var counter = FrameCounter.of(low, next);
        counter.ahead().ifPresent(a -> assertTrue(a >= next && a - next < 65_536 && (a & 0xffff) == low));
        counter.behind().ifPresent(b -> assertTrue(b < next && next - b <= 65_536 && (b & 0xffff) == low));
        assertTrue(counter.ahead().isPresent() || counter.behind().isPresent());
    }

    @Property void whatADeviceSendsIsReadBack(@ForAll int address, @ForAll @LongRange(max = 0xffff_ffffL) long counter, @ForAll @IntRange(min = 1, max = 223) int port, @ForAll @Size(max = 230) byte[] payload) {
        var frame = DataFrame.parse(Frames.up(address, counter, port, payload, NWK, APP));
        assertEquals(address, frame.devAddr());
        assertEquals(counter & 0xffff, frame.counter16());
        assertTrue(frame.intact(NWK, counter));
        assertArrayEquals(payload, frame.decrypt(APP, counter));
    }

    @Property void noBytesBreakTheFrameParser(@ForAll @Size(max = 300) byte[] bytes) {
        try {
            var frame = DataFrame.parse(bytes);
            assertFalse(frame.intact(NWK, frame.counter16()) && bytes.length < 12);
        } catch (CarboException.Invalid e) {
            assertTrue(e.problem().code().startsWith("lorawan.") && !e.problem().expected().isEmpty());
        }
    }

    @Property void noBytesBreakTheDatagramParser(@ForAll @ByteRange(min = 0, max = 6) byte kind, @ForAll("bodies") byte[] body) {
        var datagram = new byte[12 + body.length];
        datagram[0] = 2;
        datagram[3] = kind;
        System.arraycopy(body, 0, datagram, 12, body.length);
        var parsed = Gwmp.parse(datagram, datagram.length);
        assertEquals(kind == 0 || kind == 2 || kind == 5, parsed.isPresent());
        if (parsed.isEmpty()) return;
        try {
            for (var entry : parsed.get().frames()) assertTrue(entry.heard() != null ^ entry.problem() != null);
        } catch (CarboException.Invalid e) {
            assertEquals("lorawan.datagram-malformed", e.problem().code());
        }
    }

    @Provide Arbitrary<byte[]> bodies() {
        var words = Arbitraries.of("{", "}", "[", "]", "\"rxpk\"", ":", ",", "\"data\"", "\"QPF9vkkAAgABlUN4disR/w0=\"", "\"size\"", "17", "1e999", "-1", "null", "\"stat\"", "\"time\"", "\"2020\"", "\u0000", "é");
        var texts = words.list().ofMaxSize(40).map(w -> String.join("", w).getBytes(StandardCharsets.UTF_8));
        var shaped = words.list().ofMaxSize(12).map(w -> ("{\"rxpk\":[{\"data\":" + String.join("", w) + "}]}").getBytes(StandardCharsets.UTF_8));
        return Arbitraries.oneOf(texts, shaped, Arbitraries.bytes().array(byte[].class).ofMaxSize(200));
    }
}
