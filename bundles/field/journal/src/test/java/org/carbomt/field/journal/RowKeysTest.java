package org.carbomt.field.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.LongBuffer;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RowKeysTest {
    @Test
    void givesItsPairsInOrderAlsoWhenTheLastPlacesOverflowToTheFirst() {
        for (int seed = 0; seed < 50; seed++) {
            var random = new SplittableRandom(seed);
            var expected = new TreeMap<Long, Long>(Long::compareUnsigned);
            var keys = new RowKeys();
            int count = 1 + random.nextInt(5_000);
            for (int i = 0; i < count; i++) {
                // a third crowds at the upper end, a third at the lower
                long key = switch (random.nextInt(3)) {
                    case 0 -> -1 - random.nextLong(1L << 40);
                    case 1 -> 1 + random.nextLong(1L << 40);
                    default -> random.nextLong() | 1;
                };
                long digest = 1 + random.nextLong(1000);
                keys.put(key, digest);
                expected.put(key, digest);
            }
            assertEquals(expected.size(), keys.size());
            var sorted = LongBuffer.allocate(2 * keys.size());
            keys.sorted(sorted);
            for (var e : expected.entrySet()) {
                assertEquals(e.getKey(), sorted.get());
                assertEquals(e.getValue(), sorted.get());
                assertEquals(e.getValue(), keys.find(e.getKey()));
            }
            var search = new SortedKeys(sorted.rewind());
            expected.forEach((key, digest) -> assertEquals(digest, search.find(key)));
            assertEquals(RowKeys.ABSENT, search.find(random.nextLong() & ~1L));
        }
    }
}
