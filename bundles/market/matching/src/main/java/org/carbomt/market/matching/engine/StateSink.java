package org.carbomt.market.matching.engine;

/** Where the state goes, as a row of numbers, one after the other. */
public interface StateSink {
    void put(long value);

    default void put(String text) {
        put(text.length());
        for (int i = 0; i < text.length(); i++) put(text.charAt(i));
    }
}
