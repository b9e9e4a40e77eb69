package org.carbomt.api.credit;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.carbomt.api.canonical.CanonicalJson;
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
        Map<String, BigDecimal> steps, EffectState.Status status, String reason, String effectKey, Instant requestedAt) {

    /**
     * The quantification as it is hashed (canonical JSON) into the terms of the issuance, see {@link org.carbomt.api.ledger.Effect.Issue#terms}:
     * proof files carry it in this form.
     *
     * @param steps of the quantification
     */
    public static Map<String, Object> terms(String projectId, String hourBatchId, long tonnes, Map<String, BigDecimal> steps) {
        var values = new LinkedHashMap<String, Object>();
        steps.forEach((name, value) -> values.put(name, CanonicalJson.decimal(value)));
        return Map.of("type", "carbomt/quantification/1", "project", projectId, "batch", hourBatchId, "tonnes", tonnes, "steps", values);
    }

    /** The terms of this issuance. */
    public Map<String, Object> terms() {
        return terms(projectId, hourBatchId, tonnes, steps);
    }
}
