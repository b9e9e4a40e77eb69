package org.carbomt.proof;

/** A link does not hold; the message says why, in a sentence for people. */
final class Broken extends RuntimeException {
    Broken(String sentence) {
        super(sentence);
    }

    static void unless(boolean holds, String sentence, Object... values) {
        if (!holds) throw new Broken(sentence.formatted(values));
    }
}
