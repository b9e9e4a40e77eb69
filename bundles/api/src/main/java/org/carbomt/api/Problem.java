package org.carbomt.api;

import java.util.Objects;

/**
 * What is wrong with an input, in words a sender can act on.
 *
 * @param code stable, dotted, lower case, e.g. {@code payload.malformed}, {@code time.future}
 * @param field the field that is wrong, or empty
 * @param value the offending value, shortened to 200 characters
 * @param expected what would be right
 */
public record Problem(String code, String field, String value, String expected) {
    public Problem {
        Objects.requireNonNull(code);
        field = field == null ? "" : field;
        value = value == null ? "" : value.length() > 200 ? value.substring(0, 200) + "…" : value;
        expected = expected == null ? "" : expected;
    }

    /** One sentence: code, field, value and what would be right. */
    public String sentence() {
        var text = new StringBuilder(code);
        if (!field.isEmpty()) text.append(": ").append(field);
        if (!value.isEmpty()) text.append(" = ").append(value);
        if (!expected.isEmpty()) text.append("; expected ").append(expected);
        return text.toString();
    }
}
