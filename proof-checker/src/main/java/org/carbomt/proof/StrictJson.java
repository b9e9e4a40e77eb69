package org.carbomt.proof;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the JSON of records: UTF-8, objects without double names, arrays, strings, booleans, null, integers up to 2^53 - 1. Whether the form is canonical is
 * asked afterwards, by writing it again. Nesting is limited, so no input can exhaust the stack.
 */
final class StrictJson {
    private static final int MAX_DEPTH = 32;
    private static final long MAX_EXACT = (1L << 53) - 1;
    private final String in;
    private int at;

    private StrictJson(String in) {
        this.in = in;
    }

    /** @throws Broken naming the position */
    static Object parse(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new Broken("the text is not UTF-8");
        }
        var reader = new StrictJson(text);
        var value = reader.value(0);
        reader.space();
        if (reader.at != text.length()) throw reader.wrong("the end of the text");
        return value;
    }

    private Object value(int depth) {
        Broken.unless(depth < MAX_DEPTH, "JSON nested deeper than %d at character %d", MAX_DEPTH, at);
        space();
        char c = at < in.length() ? in.charAt(at) : 0;
        if (c == '{') return object(depth);
        if (c == '[') return array(depth);
        if (c == '"') return string();
        if (c == '-' || c >= '0' && c <= '9') return integer();
        if (word("true")) return true;
        if (word("false")) return false;
        if (word("null")) return null;
        throw wrong("a JSON value");
    }

    private Map<String, Object> object(int depth) {
        var map = new LinkedHashMap<String, Object>();
        at++;
        space();
        if (take('}')) return map;
        do {
            space();
            if (at >= in.length() || in.charAt(at) != '"') throw wrong("a name in quotes");
            var name = string();
            space();
            if (!take(':')) throw wrong("':'");
            int before = at;
            Broken.unless(!map.containsKey(name), "the name \"%s\" stands twice in one object, at character %d", name, before);
            map.put(name, value(depth + 1));
            space();
        } while (take(','));
        if (!take('}')) throw wrong("',' or '}'");
        return map;
    }

    private List<Object> array(int depth) {
        var list = new ArrayList<Object>();
        at++;
        space();
        if (take(']')) return list;
        do {
            list.add(value(depth + 1));
            space();
        } while (take(','));
        if (!take(']')) throw wrong("',' or ']'");
        return list;
    }

    private Long integer() {
        int from = at;
        if (in.charAt(at) == '-') at++;
        while (at < in.length() && in.charAt(at) >= '0' && in.charAt(at) <= '9') at++;
        var digits = in.substring(from, at);
        if (digits.length() > 17 || !digits.matches("0|-?[1-9][0-9]*")) throw wrong("an integer up to 2^53 - 1");
        long value = Long.parseLong(digits);
        if (Math.abs(value) > MAX_EXACT) throw wrong("an integer up to 2^53 - 1");
        return value;
    }

    private String string() {
        at++;
        int from = at;
        while (at < in.length() && in.charAt(at) != '"' && in.charAt(at) != '\\' && in.charAt(at) >= 0x20) at++;
        if (at < in.length() && in.charAt(at) == '"') return in.substring(from, at++);
        var out = new StringBuilder(in.substring(from, at));
        while (at < in.length() && in.charAt(at) >= 0x20) {
            char c = in.charAt(at++);
            if (c == '"') return out.toString();
            out.append(c == '\\' ? escaped() : c);
        }
        throw wrong("the end of a string");
    }

    private char escaped() {
        char c = at < in.length() ? in.charAt(at++) : 0;
        switch (c) {
            case '"', '\\', '/': return c;
            case 'b': return '\b';
            case 't': return '\t';
            case 'n': return '\n';
            case 'f': return '\f';
            case 'r': return '\r';
            case 'u':
                if (at + 4 <= in.length() && in.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
                    at += 4;
                    return (char) Integer.parseInt(in.substring(at - 4, at), 16);
                }
                throw wrong("four hexadecimal digits");
            default: throw wrong("an escape of JSON");
        }
    }

    private void space() {
        while (at < in.length() && " \t\n\r".indexOf(in.charAt(at)) >= 0) at++;
    }

    private boolean take(char c) {
        if (at < in.length() && in.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private boolean word(String word) {
        if (!in.startsWith(word, at)) return false;
        at += word.length();
        return true;
    }

    private Broken wrong(String expected) {
        return new Broken(at >= in.length() ? "the text ends at character %d, expected %s".formatted(at, expected) : "not JSON at character %d, expected %s".formatted(at, expected));
    }
}
