package org.carbomt.market.matching.engine;

/** Where a state comes from: what {@link StateSink} was given, in the same order. */
public interface StateSource {
    long next();

    default String text() {
        var chars = new char[(int) next()];
        for (int i = 0; i < chars.length; i++) chars[i] = (char) next();
        return new String(chars);
    }
}
