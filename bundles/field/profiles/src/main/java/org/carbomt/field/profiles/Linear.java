package org.carbomt.field.profiles;

import java.math.BigDecimal;

/**
 * value x numerator / denominator + offset. A decimal scale is kept as a fraction, so that 226 x 0.1 is 22.6 and not 22.6 and a little:
 * product and quotient of integers below 2^53 round once.
 */
record Linear(double numerator, double denominator, double offset) {
    static final Linear IDENTITY = new Linear(1, 1, 0);

    /** @param scale any decimal but 0 */
    static Linear of(BigDecimal scale, BigDecimal offset) {
        var plain = scale.stripTrailingZeros();
        int digits = plain.scale();
        boolean fraction = digits > 0 && digits <= 22 && plain.unscaledValue().bitLength() <= 53;
        return fraction
                ? new Linear(plain.unscaledValue().doubleValue(), BigDecimal.ONE.scaleByPowerOfTen(digits).doubleValue(), offset.doubleValue())
                : new Linear(scale.doubleValue(), 1, offset.doubleValue());
    }

    double apply(double value) {
        return value * numerator / denominator + offset;
    }

    boolean isIdentity() {
        return numerator == denominator && offset == 0;
    }
}
