package org.carbomt.api.proof;

import java.time.Instant;
import java.util.List;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.evidence.Cid;

/**
 * Verified hours under one root.
 *
 * @param id {@code batch-…}
 * @param caseId the signed case
 * @param hourIds leaves in order
 * @param root RFC 6962 root over the hours' leaves: equals the case's hoursRoot
 * @param cid encrypted evidence: case, signature, hours, findings
 * @param anchorKey business key of the anchoring effect
 */
public record HourBatch(String id, String caseId, String sourceId, Instant from, Instant to, List<String> hourIds, Hash root, Cid cid, String anchorKey, Instant sealedAt) {
    public HourBatch {
        hourIds = List.copyOf(hourIds);
    }
}
