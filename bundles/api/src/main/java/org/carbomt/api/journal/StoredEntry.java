package org.carbomt.api.journal;

import org.carbomt.api.canonical.Hash;

/**
 * An entry as it lies on disk.
 *
 * @param sequence 0, 1, 2, … without gaps
 * @param bytes its exact bytes ({@link EntryFormat}): the leaf data of proofs
 * @param leaf RFC 6962 leaf hash of these bytes
 * @param entry the same, decoded; the block holds only the rows that were stored (no duplicates)
 */
public record StoredEntry(long sequence, byte[] bytes, Hash leaf, Entry entry) {}
