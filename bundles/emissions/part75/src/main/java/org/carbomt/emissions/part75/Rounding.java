package org.carbomt.emissions.part75;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** EPA's rounding: half away from zero, once, at the end of an equation (ECMPS, every equation; digits of §75.57). */
final class Rounding {
    /** Working precision between input and the one rounding. */
    static final MathContext WORK = new MathContext(34, RoundingMode.HALF_UP);

    private Rounding() {}

    /** To a number of digits after the point. */
    static BigDecimal to(BigDecimal value, int digits) {
        return value.setScale(digits, RoundingMode.HALF_UP); // HALF_UP of BigDecimal is half away from zero
    }

    /** To whole thousands, as stack flow is reported. */
    static BigDecimal toThousand(BigDecimal value) {
        return value.setScale(-3, RoundingMode.HALF_UP).setScale(0);
    }
}
