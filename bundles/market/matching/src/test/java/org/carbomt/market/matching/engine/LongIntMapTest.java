package org.carbomt.market.matching.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongIntMapTest {
    // few keys that collide a lot, put and removed again and again, beside the JDK's map
    @Test
    void isAMap() {
        var random = new Random(7);
        var map = new LongIntMap(4);
        var oracle = new HashMap<Long, Integer>();
        for (int i = 0; i < 200_000; i++) {
            long key = 1 + random.nextInt(300) * 65_536L;
            if (random.nextBoolean()) {
                map.put(key, i);
                oracle.put(key, i);
            } else {
                map.remove(key);
                oracle.remove(key);
            }
            long asked = 1 + random.nextInt(300) * 65_536L;
            assertEquals(oracle.getOrDefault(asked, LongIntMap.ABSENT), map.get(asked));
            assertEquals(oracle.size(), map.size());
        }
        assertThrows(IllegalArgumentException.class, () -> map.put(0, 1));
    }
}
