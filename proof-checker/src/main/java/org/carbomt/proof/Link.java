package org.carbomt.proof;

/**
 * One link of the chain of proof.
 *
 * @param name stable, e.g. {@code retirement.receipt}; docs/proof-file.md lists them
 * @param state what was found
 * @param sentence what was checked, or why it does not hold
 */
public record Link(String name, State state, String sentence) {
    public enum State {
        HOLDS,
        BROKEN,
        /** Nothing speaks against it, but the file alone cannot prove it: the sentence says what to compare with what. */
        UNCHECKED
    }
}
