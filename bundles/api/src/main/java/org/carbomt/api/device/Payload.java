package org.carbomt.api.device;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a profile decodes.
 *
 * @param bytes as received, decrypted where the protocol encrypts
 * @param contentType media type without parameters, e.g. {@code application/json}, {@code text/csv}, {@code application/octet-stream}
 * @param fPort LoRaWAN port, else empty
 * @param sentAt the time the transport carries (a gateway's receive time), used when the payload has none of its own
 * @param receivedAt when it reached us; the last resort for the time of measurement
 */
public record Payload(byte[] bytes, String contentType, OptionalInt fPort, Optional<Instant> sentAt, Instant receivedAt) {}
