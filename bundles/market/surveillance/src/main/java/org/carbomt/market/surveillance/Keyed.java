package org.carbomt.market.surveillance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What a rule keeps per account or token: the 10,000 used last, so that nobody makes it grow without end. */
final class Keyed<V> {
    private static final int MOST = 10_000;
    private final Map<String, V> values = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > MOST;
        }
    };
    private final Supplier<V> fresh;

    Keyed(Supplier<V> fresh) {
        this.fresh = fresh;
    }

    V of(Object... key) {
        var text = new StringBuilder();
        for (var part : key) text.append(part).append('/');
        return values.computeIfAbsent(text.toString(), k -> fresh.get());
    }
}
