package org.carbomt.api.credit;

import java.time.Instant;
import java.util.Optional;
import org.carbomt.api.ledger.EffectState;

/**
 * A retirement.
 *
 * @param id {@code retirement-…}
 * @param serial exact block retired; empty until on chain
 */
public record Retirement(String id, String accountId, long tokenId, long tonnes, String beneficiary, String reason, Optional<Serial> serial,
        EffectState.Status status, String effectKey, Optional<String> transaction, Instant requestedAt) {}
