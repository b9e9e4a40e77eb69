package org.carbomt.api.journal;

/**
 * What became of one appended entry.
 *
 * @param sequence its sequence, or -1 when no row was new
 * @param stored rows stored
 * @param duplicates rows with the same device, time and values as a stored one
 * @param conflicts rows with the device and time of a stored one but other values; not stored: the caller quarantines them
 */
public record Appended(long sequence, int stored, int duplicates, int conflicts) {}
