package org.carbomt.api.intake;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A message as a protocol hands it over, authenticated by the protocol and not looked into yet.
 *
 * @param protocol {@code mqtt}, {@code http}, {@code lorawan}, …
 * @param source where it came in, for people: topic, path, gateway EUI
 * @param deviceId the device the protocol authenticated
 * @param payload bytes as received (decrypted where the protocol encrypts)
 * @param contentType media type, empty if the protocol has none
 * @param fPort LoRaWAN port
 * @param counter the sender's own counter (LoRaWAN FCnt, idempotency), if any
 * @param sentAt time carried by the transport (a gateway's receive time), if any
 * @param receivedAt when it reached us
 */
public record Arrival(String protocol, String source, String deviceId, byte[] payload, String contentType, OptionalInt fPort,
        OptionalLong counter, Optional<Instant> sentAt, Instant receivedAt) {

    /** An arrival without radio fields. */
    public static Arrival of(String protocol, String source, String deviceId, byte[] payload, String contentType, Instant receivedAt) {
        return new Arrival(protocol, source, deviceId, payload, contentType, OptionalInt.empty(), OptionalLong.empty(), Optional.empty(), receivedAt);
    }
}
