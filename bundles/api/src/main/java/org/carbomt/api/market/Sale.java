package org.carbomt.api.market;

import java.time.Instant;
import java.util.Optional;
import org.carbomt.api.ledger.EffectState;

/**
 * An offer at a fixed price, and what became of it.
 *
 * @param priceMinorPerTonne smallest unit of the currency per tonne
 * @param currency ISO 4217
 * @param buyer empty while open
 * @param effect status of the settlement, empty while open
 */
public record Sale(String id, String seller, Optional<String> buyer, long tokenId, long tonnes, long priceMinorPerTonne, String currency,
        Status status, Optional<EffectState.Status> effect, Optional<String> transaction, String reason, Instant offeredAt) {
    public enum Status { OPEN, SETTLING, SETTLED, WITHDRAWN, FAILED }

    /** Price of all of it; ArithmeticException on overflow. */
    public long totalMinor() {
        return Math.multiplyExact(priceMinorPerTonne, tonnes);
    }
}
