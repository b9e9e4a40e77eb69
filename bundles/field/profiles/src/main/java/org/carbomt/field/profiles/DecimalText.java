package org.carbomt.field.profiles;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Decimal numbers in ASCII text, read exactly: the result is the double nearest to the decimal. */
final class DecimalText {
    private static final double[] POWERS = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    private static final int LONGEST = 64;

    private DecimalText() {}

    /**
     * Reads {@code [+-] digits [. digits] [e [+-] digits]}; a digit may be missing on one side of the point, as EPA writes {@code .765}.
     *
     * @return the number, or NaN when the text is not one finite number of at most 64 characters
     */
    static double parse(byte[] text, int from, int to) {
        int at = from;
        boolean negative = false;
        if (at < to && (text[at] == '-' || text[at] == '+')) negative = text[at++] == '-';
        long mantissa = 0;
        int digits = 0;
        int significant = 0;
        int exponent = 0;
        for (; at < to; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) break;
            digits++;
            if (significant > 0 || digit > 0) significant++;
            if (significant <= 18) mantissa = mantissa * 10 + digit;
        }
        if (at < to && text[at] == '.') {
            for (at++; at < to; at++) {
                int digit = text[at] - '0';
                if (digit < 0 || digit > 9) break;
                digits++;
                if (significant > 0 || digit > 0) significant++;
                if (significant <= 18) mantissa = mantissa * 10 + digit;
                exponent--;
            }
        }
        if (digits == 0 || to - from > LONGEST) return Double.NaN;
        if (at < to && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            boolean down = false;
            if (at < to && (text[at] == '-' || text[at] == '+')) down = text[at++] == '-';
            int power = 0;
            int start = at;
            for (; at < to; at++) {
                int digit = text[at] - '0';
                if (digit < 0 || digit > 9) break;
                power = Math.min(power * 10 + digit, 99_999);
            }
            if (at == start) return Double.NaN;
            exponent += down ? -power : power;
        }
        if (at != to) return Double.NaN;
        double magnitude;
        // Both factors are exact below 2^53 and 10^22, so one operation rounds once (Clinger's fast path).
        if (significant <= 15 && exponent >= -22 && exponent <= 22) {
            magnitude = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
        } else {
            magnitude = Math.abs(Double.parseDouble(new String(text, from, to - from, StandardCharsets.ISO_8859_1)));
            if (Double.isInfinite(magnitude)) return Double.NaN;
        }
        return negative ? -magnitude : magnitude;
    }

    /** Without exponent and trailing zeros where that stays short: for people. */
    static String plain(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) return Double.toString(value);
        if (value == 0) return "0";
        double size = Math.abs(value);
        return size >= 1e-6 && size < 1e15 ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString() : Double.toString(value);
    }
}
