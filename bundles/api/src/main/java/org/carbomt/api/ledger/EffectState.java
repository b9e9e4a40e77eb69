package org.carbomt.api.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How far an effect is.
 *
 * @param kind simple name of the effect, lower case: {@code anchor}, {@code issue}, …
 * @param transaction its hash once signed, 0x…
 * @param block number once mined
 * @param reason why it was refused, in words; empty otherwise
 * @param result what the chain said, e.g. {@code tokenId}, {@code serialFirst}, {@code serialLast}; empty until DONE
 */
public record EffectState(String businessKey, String kind, Status status, Optional<String> transaction, Optional<Long> block, String reason,
        Map<String, String> result, Instant requestedAt, Instant updatedAt) {
    public EffectState {
        result = Map.copyOf(result);
    }

    public enum Status {
        /** In the outbox, durable. */
        REQUESTED,
        /** Signed and sent; the same signed bytes are sent again until mined. */
        SENT,
        /** In a block, succeeded. */
        DONE,
        /** The contract refused it; nothing happened and nothing will. */
        REFUSED
    }
}
