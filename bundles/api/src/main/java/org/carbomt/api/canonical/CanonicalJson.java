package org.carbomt.api.canonical;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * RFC 8785 (JCS) for the values our records use: objects, arrays, strings, booleans, null and integers up to 2^53 - 1. Decimals are written
 * as strings by the caller ({@link #decimal}), so that no number depends on a floating-point printer. Keys are sorted by UTF-16 code units.
 */
public final class CanonicalJson {
    private static final long MAX_EXACT = (1L << 53) - 1;

    private CanonicalJson() {}

    /** The canonical bytes, UTF-8. Throws IllegalArgumentException on a value outside the subset, naming its type. */
    public static byte[] bytes(Object value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    public static String text(Object value) {
        var out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    /** SHA-256 over the canonical bytes: the hash of a record. */
    public static Hash hash(Object value) {
        return Hash.sha256(bytes(value));
    }

    /** A decimal as it is written in records: plain notation, its scale kept (1.50 stays 1.50). */
    public static String decimal(BigDecimal value) {
        return value.toPlainString();
    }

    private static void write(Object value, StringBuilder out) {
        if (value == null || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof String s) {
            string(s, out);
        } else if (value instanceof Integer || value instanceof Long) {
            long n = ((Number) value).longValue();
            if (n > MAX_EXACT || n < -MAX_EXACT) throw new IllegalArgumentException("canonical JSON: integer " + n + " is beyond 2^53 - 1; write it as a string");
            out.append(n);
        } else if (value instanceof Map<?, ?> map) {
            var sorted = new TreeMap<String, Object>();
            map.forEach((k, v) -> sorted.put((String) k, v));
            out.append('{');
            var separator = "";
            for (var e : sorted.entrySet()) {
                out.append(separator);
                string(e.getKey(), out);
                out.append(':');
                write(e.getValue(), out);
                separator = ",";
            }
            out.append('}');
        } else if (value instanceof List<?> list) {
            out.append('[');
            for (int i = 0; i < list.size(); i++) {
                if (i > 0) out.append(',');
                write(list.get(i), out);
            }
            out.append(']');
        } else {
            throw new IllegalArgumentException("canonical JSON: " + value.getClass().getName() + " is not a canonical value");
        }
    }

    private static void string(String s, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        if (Character.isSurrogate(c)) surrogate(s, i);
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static void surrogate(String s, int i) {
        char c = s.charAt(i);
        boolean paired = Character.isHighSurrogate(c)
                ? i + 1 < s.length() && Character.isLowSurrogate(s.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(s.charAt(i - 1));
        if (!paired) throw new IllegalArgumentException("canonical JSON: lone surrogate at index " + i);
    }
}
