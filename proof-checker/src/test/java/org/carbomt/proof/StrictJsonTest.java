package org.carbomt.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.carbomt.api.canonical.CanonicalJson;
import org.junit.jupiter.api.Test;

class StrictJsonTest {
    @Test
    void readsEveryKindOfValue() {
        assertEquals(Map.of("a", List.of(1L, -2L, true, "x\"\\\n\u00e9\ud83d\ude00")), parse(" { \"a\" : [1, -2, true, \"x\\\"\\\\\\n\\u00e9\ud83d\ude00\" ] } "));
        assertEquals(9007199254740991L, parse("9007199254740991"));
    }

    @Test
    void refusesWhatIsNotJsonOfRecordsAndSaysWhere() {
        for (var bad : List.of("", "{", "[1", "{\"a\":1,}", "[1,]", "{a:1}", "01", "1.5", "1e3", "-", "-0", "9007199254740992", "99999999999999999999", "\"a", "\"\\x\"", "\"\\u12g4\"", "nul", "{} x",
                "\"a\u0001\"", "{\"a\":1,\"a\":2}", "'a'", "NaN")) {
            var broken = assertThrows(Broken.class, () -> parse(bad), bad);
            assertTrue(broken.getMessage().contains("character"), broken.getMessage());
        }
        assertThrows(Broken.class, () -> StrictJson.parse(new byte[] {'"', (byte) 0xff, '"'}));
    }

    @Test
    void aMillionBracketsEndInAClearError() {
        var deep = new byte[1_000_000];
        Arrays.fill(deep, (byte) '[');
        assertTrue(assertThrows(Broken.class, () -> StrictJson.parse(deep)).getMessage().contains("deeper than 32"));
    }

    @Property(tries = 300)
    void readsBackWhatCanonicalJsonWrites(@ForAll String name, @ForAll int number, @ForAll List<String> texts) {
        var value = Map.of("n", List.of((long) number, true, texts.stream().filter(StrictJsonTest::wellFormed).toList()), wellFormed(name) ? name + "!" : "x", Map.of());
        assertEquals(value, StrictJson.parse(CanonicalJson.bytes(value)));
    }

    private static boolean wellFormed(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static Object parse(String text) {
        return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
