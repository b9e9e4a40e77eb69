package org.carbomt.api.credit;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.carbomt.api.emission.HourlyRecord;
import org.osgi.annotation.versioning.ConsumerType;

/** How hours become credits (whiteboard service). Pure. */
@ConsumerType
public interface Methodology {
    /** E.g. {@code baseline-intensity}. */
    String id();

    String version();

    /** Parameters it needs, with their defaults. */
    Map<String, BigDecimal> parameters();

    /** Throws CarboException.Invalid when the hours cannot carry credits (missing hours, indicative or synthetic grade, no activity), naming the hour. */
    Quantification quantify(List<HourlyRecord> baseline, List<HourlyRecord> period, Map<String, BigDecimal> parameters);

    /**
     * @param credits whole tonnes, rounded down, never negative
     * @param steps every value on the way, in order, plain decimals with unit in the name (baselineTonnesPerMwh, activityMwh, baselineTonnes,
     *     measuredTonnes, reductionTonnes, uncertaintyPercent, deductionTonnes, …)
     */
    record Quantification(long credits, Map<String, BigDecimal> steps) {
        public Quantification {
            steps = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(steps));
        }
    }
}
