package org.carbomt.api.journal;

import java.time.Instant;
import java.util.OptionalLong;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.reading.ReadingBlock;

/**
 * One message in the journal: what was received and what it was decoded to.
 *
 * @param deviceId the device
 * @param protocol by which it came
 * @param profile profile id and version, {@code id@version}
 * @param profileDigest SHA-256 of the profile that decoded it
 * @param wholeHour true when each row is the value of its whole clock hour, as its profile says ({@link org.carbomt.api.device.Profile#wholeHour})
 * @param counter the sender's counter, if any
 * @param receivedAt when it reached us, UTC milliseconds
 * @param payload the bytes as received
 * @param block the readings, in the order of the payload
 */
public record Entry(String deviceId, String protocol, String profile, Hash profileDigest, boolean wholeHour, OptionalLong counter, Instant receivedAt,
        byte[] payload, ReadingBlock block) {}
