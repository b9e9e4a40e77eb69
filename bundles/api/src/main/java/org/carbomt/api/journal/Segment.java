package org.carbomt.api.journal;

import org.carbomt.api.canonical.Hash;

/**
 * A piece of the journal. A sealed one never changes.
 *
 * @param number 0, 1, 2, …
 * @param firstSequence of its first entry
 * @param entries how many
 * @param bytes its size on disk
 * @param previous chain hash at its start: the end of the segment before it
 * @param chain chain hash at its end: H(n) = SHA-256(H(n-1) ‖ leaf(n))
 * @param minTimeMillis earliest measuring time within
 * @param maxTimeMillis latest measuring time within
 */
public record Segment(int number, long firstSequence, long entries, long bytes, Hash previous, Hash chain, boolean sealed,
        long minTimeMillis, long maxTimeMillis) {}
