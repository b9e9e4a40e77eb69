package org.carbomt.api.device;

import java.util.List;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.reading.Channel;
import org.osgi.annotation.versioning.ConsumerType;

/** A device model: how its payload becomes channels with units. Pure and thread safe. */
@ConsumerType
public interface Profile {
    /** E.g. {@code elsys-ers-co2}. */
    String id();

    String version();

    String title();

    /** SHA-256 of the profile file: stamped on every journal entry, so that a number can name what decoded it. */
    Hash digest();

    List<Channel> channels();

    /** Minutes between messages that the device promises, 0 if it promises none. */
    int intervalMinutes();

    /** True when one row is the value of its whole clock hour (a plant data system), so that an hour needs one row, not one in every quarter. */
    default boolean wholeHour() {
        return false;
    }

    /** Decodes; never throws for bad input. */
    Decoding decode(Payload payload);
}
