package org.carbomt.ledger.embeddedchain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RlpTest {
    // The examples of the Ethereum wiki and yellow paper, appendix B.
    @Test
    void encodesThePublishedExamples() {
        assertEquals("0x83646f67", Hex.data(Rlp.encode(ascii("dog"))));
        assertEquals("0xc88363617483646f67", Hex.data(Rlp.list(ascii("cat"), ascii("dog"))));
        assertEquals("0x80", Hex.data(Rlp.encode(new byte[0])));
        assertEquals("0xc0", Hex.data(Rlp.list()));
        assertEquals("0x80", Hex.data(Rlp.encode(0L)));
        assertEquals("0x0f", Hex.data(Rlp.encode(15L)));
        assertEquals("0x820400", Hex.data(Rlp.encode(1024L)));
        assertEquals("0xc7c0c1c0c3c0c1c0", Hex.data(Rlp.list(List.of(), List.of(List.of()), List.of(List.of(), List.of(List.of())))));
        assertEquals("0xb8384c6f72656d20697073756d20646f6c6f722073697420616d65742c20636f6e7365637465747572206164697069736963696e6720656c6974", Hex.data(Rlp.encode(ascii("Lorem ipsum dolor sit amet, consectetur adipisicing elit"))));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    // One encoding for one value: each of these is another writing of something, or cut off, or followed by more (invalidRLPTest of ethereum/tests).
    @ParameterizedTest
    @ValueSource(strings = {"0x", "0x8100", "0x817f", "0x8180ff", "0xb800", "0xb83780", "0xb90037", "0xb80100", "0x83646f", "0xc883636174", "0xf800", "0xf83780", "0xf90037", "0xbfffffffffffffffff",
        "0xffffffffffffffffffff", "0xbbffffffff", "0xc28001ff", "0xc1", "0xb9", "0xc0c0"})
    void refusesEverythingElse(String encoded) {
        assertThrows(IllegalArgumentException.class, () -> Rlp.decode(Hex.bytes(encoded)));
    }

    @Test
    void refusesDeepNesting() {
        byte[] deep = Rlp.list();
        for (int i = 0; i < 20; i++) deep = Rlp.list(new Rlp.Raw(deep));
        byte[] nested = deep;
        assertThrows(IllegalArgumentException.class, () -> Rlp.decode(nested));
    }

    @Test
    void numbersHaveNoLeadingZeros() {
        assertThrows(IllegalArgumentException.class, () -> Rlp.numberOf(new byte[] {0, 1}));
        assertThrows(IllegalArgumentException.class, () -> Rlp.numberOf(new byte[33]));
        assertThrows(IllegalArgumentException.class, () -> Rlp.longOf(new byte[] {(byte) 0x80, 0, 0, 0, 0, 0, 0, 0}));
        assertEquals(Long.MAX_VALUE, Rlp.longOf(Rlp.minimal(BigInteger.valueOf(Long.MAX_VALUE))));
    }

    @Property(tries = 2000)
    void whatIsEncodedIsRead(@ForAll @Size(max = 300) byte[] bytes, @ForAll @Size(max = 20) List<@Size(max = 60) byte[]> list) {
        assertArrayEquals(bytes, Rlp.bytesOf(Rlp.decode(Rlp.encode(bytes))));
        var read = Rlp.listOf(Rlp.decode(Rlp.encode(list)));
        assertEquals(list.size(), read.size());
        for (int i = 0; i < list.size(); i++) assertArrayEquals(list.get(i), Rlp.bytesOf(read.get(i)));
    }

    // Whatever is accepted is exactly what would be written; everything else is refused by the one exception.
    @Property(tries = 20_000)
    void whatIsReadIsCanonical(@ForAll @Size(max = 80) byte[] bytes) {
        Object item;
        try {
            item = Rlp.decode(bytes);
        } catch (IllegalArgumentException e) {
            return;
        }
        assertArrayEquals(bytes, Rlp.encode(item));
    }
}
