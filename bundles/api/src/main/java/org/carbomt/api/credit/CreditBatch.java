package org.carbomt.api.credit;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.carbomt.api.ledger.EffectState;

/**
 * Credits of one issuance.
 *
 * @param id {@code issuance-…}
 * @param hourBatchId the anchored hours that earned them
 * @param serial empty until the chain has issued
 * @param steps the quantification
 * @param status of the issuing effect
 * @param effectKey its business key
 */
public record CreditBatch(String id, String projectId, String hourBatchId, Instant from, Instant to, long tonnes, Optional<Serial> serial,
        Map<String, BigDecimal> steps, EffectState.Status status, String reason, String effectKey, Instant requestedAt) {}
