package org.carbomt.tool.decode;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.carbomt.api.Problem;
import org.carbomt.tool.Failure;

/** Payloads out of files and texts, one after the other: a file of lines is never held whole. */
final class Payloads {
    /** The largest message that any profile may allow. */
    static final int MAX_BYTES = 64 << 20;

    /** How bytes stand in a text. */
    enum Encoding {
        HEX,
        BASE64,
        /** The text itself, UTF-8. */
        TEXT;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        byte[] decode(byte[] text) throws Unfit {
            var trimmed = this == TEXT ? "" : new String(text, StandardCharsets.ISO_8859_1).replaceAll("\\s", "");
            return switch (this) {
                case HEX -> hex(trimmed.startsWith("0x") ? trimmed.substring(2) : trimmed);
                case BASE64 -> base64(trimmed);
                case TEXT -> text;
            };
        }

        private static byte[] hex(String digits) throws Unfit {
            for (int i = 0; i < digits.length(); i++) {
                if (!HexFormat.isHexDigit(digits.charAt(i))) throw new Unfit("payload", "'" + digits.charAt(i) + "' at place " + (i + 1), "hexadecimal digits");
            }
            if (digits.length() % 2 != 0) throw new Unfit("payload", digits.length() + " hexadecimal digits", "two for each byte: a digit is missing");
            return HexFormat.of().parseHex(digits);
        }

        private static byte[] base64(String text) throws Unfit {
            try {
                return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
            } catch (IllegalArgumentException e) {
                throw new Unfit("payload", text, "base64: " + e.getMessage());
            }
        }
    }

    /** A text that is not in its encoding. */
    static final class Unfit extends Exception {
        private final transient Problem problem;

        Unfit(String field, String value, String expected) {
            super(expected, null, false, false);
            problem = new Problem("payload.malformed", field, value, expected);
        }

        Problem problem() {
            return problem;
        }
    }

    /** Takes payloads. @return false when no more are wanted */
    interface Sink {
        boolean payload(String name, byte[] bytes);

        boolean refused(String name, Problem problem);
    }

    private final Sink sink;

    Payloads(Sink sink) {
        this.sink = sink;
    }

    boolean texts(String option, List<String> texts, Encoding encoding) {
        for (int i = 0; i < texts.size(); i++) {
            if (!one(option + (texts.size() == 1 ? "" : " " + (i + 1)), texts.get(i).getBytes(StandardCharsets.UTF_8), encoding)) return false;
        }
        return true;
    }

    private boolean one(String name, byte[] text, Encoding encoding) {
        try {
            return sink.payload(name, encoding.decode(text));
        } catch (Unfit unfit) {
            return sink.refused(name, unfit.problem());
        }
    }

    /** @param file {@code -} is the given stream. @param encoding of the whole file, or of each line */
    boolean file(String file, InputStream stdin, boolean lines, Encoding encoding) {
        var name = file.equals("-") ? "stdin" : file;
        try (var in = file.equals("-") ? stdin : Files.newInputStream(Path.of(file))) {
            return lines ? lines(name, new BufferedInputStream(in, 1 << 16), encoding) : whole(name, in, encoding);
        } catch (IOException e) {
            throw Failure.unreadable(name, e);
        }
    }

    private boolean whole(String name, InputStream in, Encoding encoding) throws IOException {
        var bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) return sink.refused(name, new Problem("payload.oversize", "payload", "more than " + MAX_BYTES + " bytes", "one payload of at most that; with --lines, one on each line"));
        return one(name, bytes, encoding);
    }

    private boolean lines(String name, InputStream in, Encoding encoding) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int number = 1;; number++) {
            line.reset();
            int b;
            long length = 0;
            while ((b = in.read()) >= 0 && b != '\n') {
                if (length++ < MAX_BYTES) line.write(b);
            }
            if (b < 0 && length == 0) return true;
            var where = name + ", line " + number;
            var bytes = line.toByteArray();
            if (length > MAX_BYTES) {
                if (!sink.refused(where, new Problem("payload.oversize", "payload", length + " bytes", "at most " + MAX_BYTES))) return false;
            } else if (!new String(bytes, StandardCharsets.ISO_8859_1).isBlank()) {
                int end = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
                if (!one(where, end == bytes.length ? bytes : java.util.Arrays.copyOf(bytes, end), encoding)) return false;
            }
            if (b < 0) return true;
        }
    }
}
