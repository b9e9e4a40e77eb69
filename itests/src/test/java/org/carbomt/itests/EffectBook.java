package org.carbomt.itests;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the clients asked the chain for, under which business key, and what they were told. Any thread. */
final class EffectBook {
    enum Told {
        /** Asked; the answer did not come (yet). */
        NOTHING, ACCEPTED, REJECTED
    }

    /** @param from whose credits leave, empty for a deposit. @param to who receives. @param amount tonnes or, for a deposit, cents */
    record Asked(String key, String from, String to, long tokenId, long amount, Told told) {
        static Asked of(String key, String from, String to, long tokenId, long amount) {
            return new Asked(key, from, to, tokenId, amount, Told.NOTHING);
        }

        Asked told(Told now) {
            return new Asked(key, from, to, tokenId, amount, now);
        }
    }

    private final Map<String, Asked> asked = new ConcurrentHashMap<>();

    /** Before it leaves. */
    void ask(Asked wanted) {
        asked.putIfAbsent(wanted.key(), wanted);
    }

    void told(String key, Told told) {
        asked.computeIfPresent(key, (k, a) -> a.told(told));
    }

    Map<String, Asked> all() {
        return Map.copyOf(asked);
    }
}
