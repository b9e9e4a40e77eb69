package org.carbomt.api.proof;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Makes batches of signed cases and anchors them. */
@ProviderType
public interface HourBatches {
    /** Seals the batch of a SIGNED case and asks for its anchoring; sealed before: returns that one. */
    HourBatch seal(String caseId);

    Optional<HourBatch> find(String batchId);

    Optional<HourBatch> ofCase(String caseId);

    List<HourBatch> list();
}
