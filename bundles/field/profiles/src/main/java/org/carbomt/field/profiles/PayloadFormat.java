package org.carbomt.field.profiles;

import org.carbomt.api.device.Payload;
import org.carbomt.api.reading.ReadingBlock;

/** One way to read bytes: {@link TextFormat}, {@link TlvFormat} or {@link FixedFormat}. Immutable; safe for any thread. */
sealed interface PayloadFormat permits TextFormat, TlvFormat, FixedFormat {
    ReadingBlock read(Payload payload) throws Unfit;

    /** Largest payload it looks at. */
    int maxBytes();
}
