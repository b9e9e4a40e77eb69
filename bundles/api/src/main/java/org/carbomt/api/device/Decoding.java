package org.carbomt.api.device;

import org.carbomt.api.Problem;
import org.carbomt.api.reading.ReadingBlock;

/** What came of decoding a payload. */
public sealed interface Decoding {
    /** @param block at least one row; every value finite or absent (NaN), in the units of the profile, within its physical limits */
    record Decoded(ReadingBlock block) implements Decoding {}

    /** The payload does not mean anything to this profile; nothing of it was used. */
    record Undecodable(Problem problem) implements Decoding {}
}
