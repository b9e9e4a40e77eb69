package org.carbomt.proof;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carbomt.api.canonical.Hash;

/** An object of the file, read field by field; what is missing or of another kind breaks the link that asks, naming the place. */
record Fields(Map<?, ?> values, String path) {
    static Fields of(Object value, String path) {
        Broken.unless(value instanceof Map, "%s is missing or no object", path);
        return new Fields((Map<?, ?>) value, path);
    }

    Fields object(String name) {
        return of(values.get(name), place(name));
    }

    boolean has(String name) {
        return values.get(name) != null;
    }

    List<?> list(String name) {
        Broken.unless(values.get(name) instanceof List, "%s is missing or no list", place(name));
        return (List<?>) values.get(name);
    }

    String text(String name) {
        Broken.unless(values.get(name) instanceof String, "%s is missing or no text", place(name));
        return (String) values.get(name);
    }

    long integer(String name) {
        Broken.unless(values.get(name) instanceof Long, "%s is missing or no integer", place(name));
        return (Long) values.get(name);
    }

    Hash hash(String name) {
        var text = text(name);
        Broken.unless(text.matches("[0-9a-f]{64}"), "%s is no SHA-256 in hexadecimal", place(name));
        return Hash.parse(text);
    }

    String address(String name) {
        var text = text(name);
        Broken.unless(text.matches("0x[0-9a-fA-F]{40}"), "%s is no address", place(name));
        return text.toLowerCase(java.util.Locale.ROOT);
    }

    byte[] hex(String name) {
        return hex(values.get(name), place(name));
    }

    static byte[] hex(Object value, String place) {
        Broken.unless(value instanceof String s && s.startsWith("0x") && s.length() % 2 == 0, "%s is no hexadecimal text with 0x", place);
        try {
            return HexFormat.of().parseHex(((String) value).substring(2));
        } catch (IllegalArgumentException e) {
            throw new Broken(place + " is no hexadecimal text");
        }
    }

    byte[] base64(String name) {
        try {
            return Base64.getDecoder().decode(text(name));
        } catch (IllegalArgumentException e) {
            throw new Broken(place(name) + " is not base64");
        }
    }

    Instant instant(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw new Broken(place(name) + " is no UTC time like 2020-03-01T05:00:00Z");
        }
    }

    BigDecimal decimal(String name) {
        return decimal(values.get(name), place(name));
    }

    /** Plain decimals only: no exponent can make a number too large to write down. */
    private static BigDecimal decimal(Object value, String place) {
        Broken.unless(value instanceof String s && s.length() <= 400 && s.matches("-?[0-9]+(\\.[0-9]+)?"), "%s is no decimal", place);
        return new BigDecimal((String) value);
    }

    Map<String, BigDecimal> decimals(String name) {
        var out = new LinkedHashMap<String, BigDecimal>();
        object(name).values().forEach((key, value) -> out.put((String) key, decimal(value, place(name) + "." + key)));
        return out;
    }

    String place(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
