package org.carbomt.tool.output;

import java.math.BigDecimal;

/** Numbers as text: no exponent, no trailing zeros, all digits. */
public final class Decimals {
    private Decimals() {}

    /** @return empty for NaN, which means 'no value' */
    public static String text(double value) {
        return Double.isNaN(value) ? "" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
