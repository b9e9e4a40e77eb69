package org.carbomt.api.canonical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples of RFC 8785, as far as they concern the values our records use. */
class CanonicalJsonTest {
    // RFC 8785, 3.2.2 and 3.2.4: the string and the literals of the sample object, and the bytes expected of them.
    @Test
    void writesTheSampleOfTheRfc() {
        var sample = new HashMap<String, Object>();
        sample.put("string", "\u20ac$\u000f\nA'B\"\\\\\"/");
        sample.put("literals", Arrays.asList(null, true, false));
        assertEquals("7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c" + "22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d",
                HexFormat.of().formatHex(CanonicalJson.bytes(sample)));
    }

    // RFC 8785, 3.2.3
    @Test
    void sortsNamesByUtf16CodeUnits() {
        var names = new HashMap<String, Object>();
        names.put("\u20ac", "Euro Sign");
        names.put("\r", "Carriage Return");
        names.put("\ufb33", "Hebrew Letter Dalet With Dagesh");
        names.put("1", "One");
        names.put("\ud83d\ude00", "Emoji: Grinning Face");
        names.put("\u0080", "Control");
        names.put("\u00f6", "Latin Small Letter O With Diaeresis");
        assertEquals("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                + "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}", CanonicalJson.text(names));
    }

    @Test
    void writesIntegersUpToTheLastExactOneAndRefusesTheNext() {
        assertEquals("[9007199254740991,-9007199254740991,0]", CanonicalJson.text(List.of(9007199254740991L, -9007199254740991L, 0)));
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.text(9007199254740992L));
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.text(Long.MIN_VALUE));
    }

    @Test
    void keepsTheScaleOfDecimals() {
        assertEquals("1.50", CanonicalJson.decimal(new BigDecimal("1.50")));
        assertEquals("120000", CanonicalJson.decimal(new BigDecimal("1.2E+5")));
    }

    @Test
    void refusesFloatingPointAndLoneSurrogates() {
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.text(1.5));
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.text(new BigDecimal("1.5")));
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.text("\ud83d"));
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.text(Map.of("\ude00x", 1)));
    }
}
