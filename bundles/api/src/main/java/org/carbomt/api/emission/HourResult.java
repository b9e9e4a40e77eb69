package org.carbomt.api.emission;

import java.math.BigDecimal;
import java.util.Map;

/** What a rule book says of one hour. */
public sealed interface HourResult {
    /**
     * A mass.
     *
     * @param massShortTons CO2 in short tons in the hour (rate x operating time), at the rule's rounding
     * @param clause equation and paragraph, e.g. {@code 40 CFR 75 App. G Eq. G-4}
     * @param substituted true when an input is missing-data substitute, so marked by the plant or by the rule book
     * @param uncertaintyPercent expanded uncertainty of the mass (k = 2), percent
     * @param steps every named value used or made on the way, in order: input means, rounded inputs, constants, results
     */
    record Mass(BigDecimal massShortTons, String clause, boolean substituted, BigDecimal uncertaintyPercent, Map<String, BigDecimal> steps) implements HourResult {}

    /** The unit did not run: a measured zero, not a gap. */
    record Idle(String clause, Map<String, BigDecimal> steps) implements HourResult {}

    /** No valid value. @param reason stable code: {@code no-data}, {@code too-few-quadrants}, {@code input-missing:flow}, {@code out-of-range:co2} */
    record Missing(String reason, String clause, Map<String, BigDecimal> steps) implements HourResult {}
}
