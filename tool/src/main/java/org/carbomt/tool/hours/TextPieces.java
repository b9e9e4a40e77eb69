package org.carbomt.tool.hours;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.carbomt.tool.Failure;

/** CSV cut between lines, JSON objects cut between objects, a JSON array between its elements. */
final class TextPieces implements Pieces {
    private enum Kind {
        CSV,
        OBJECTS,
        ARRAY
    }

    private final String name;
    private final InputStream in;
    private final int size;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private Kind kind;
    private byte[] header = {};
    private byte[] piece = new byte[1 << 16];
    private int length;
    private int lines;
    private int headerLine;
    private boolean quoted;
    private boolean escaped;
    private int depth;

    /** @param name of the file, for messages. @param size pieces end at the first place after so many bytes */
    TextPieces(String name, InputStream in, int size) {
        this.name = name;
        this.in = in;
        this.size = size;
    }

    @Override
    public Optional<Piece> next() throws IOException {
        if (kind == null && !begin()) return Optional.empty();
        int before = lines;
        length = 0;
        if (kind == Kind.CSV) append(header);
        if (kind == Kind.ARRAY) put((byte) '[');
        int empty = length;
        while (fill()) {
            byte b = buffer[position++];
            if (b == '\n' || b == '\r' && kind == Kind.CSV && peek() != '\n') lines++;
            boolean cut = length >= size && mayCut(b);
            if (cut && kind == Kind.ARRAY) {
                put((byte) ']');
                return piece(before);
            }
            put(b);
            follow(b);
            if (cut) return piece(before);
        }
        // An array that ends after a comma was cut short: its profile says so.
        boolean open = kind == Kind.ARRAY && depth == 0;
        if (open) depth = -1;
        return isBlank(empty) && !open ? Optional.empty() : piece(before);
    }

    private boolean isBlank(int from) {
        for (int i = from; i < length; i++) {
            if (piece[i] > ' ' || piece[i] < 0) return false;
        }
        return true;
    }

    /** Looks at the first character, takes a header. @return false when there is nothing but blanks */
    private boolean begin() throws IOException {
        while (fill() && (buffer[position] == ' ' || buffer[position] == '\n' || buffer[position] == '\r' || buffer[position] == '\t')) {
            if (buffer[position++] == '\n') lines++;
        }
        if (!fill()) return false;
        kind = buffer[position] == '{' ? Kind.OBJECTS : buffer[position] == '[' ? Kind.ARRAY : Kind.CSV;
        if (kind == Kind.ARRAY) position++;
        if (kind != Kind.CSV) return true;
        length = 0;
        boolean ended = false;
        while (!ended && fill()) {
            byte b = buffer[position++];
            follow(b);
            put(b);
            ended = !quoted && (b == '\n' || b == '\r' && peek() != '\n');
        }
        headerLine = ++lines;
        header = Arrays.copyOf(piece, length);
        return true;
    }

    private Optional<Piece> piece(int before) {
        boolean csv = kind == Kind.CSV;
        return Optional.of(new Piece(Arrays.copyOf(piece, length), csv, csv ? line -> line == 1 ? headerLine : before + line - 1 : line -> before + line));
    }

    /** Whether a piece may end with this byte; in an array, before it. */
    private boolean mayCut(byte b) {
        if (quoted || depth != 0) return false;
        return kind == Kind.ARRAY ? b == ',' : b == '\n';
    }

    private void follow(byte b) {
        if (kind == Kind.CSV) {
            if (b == '"') quoted = !quoted;
        } else if (quoted) {
            if (!escaped && b == '"') quoted = false;
            escaped = !escaped && b == '\\';
        } else {
            switch (b) {
                case '"' -> quoted = true;
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {
                    // any other byte is inside of a value
                }
            }
        }
    }

    private void append(byte[] bytes) {
        for (byte b : bytes) put(b);
    }

    private void put(byte b) {
        if (length == MAX_BYTES) throw Failure.refused(name + ", line " + (lines + 1) + ": one line or JSON value of more than " + MAX_BYTES + " bytes; expected one reading a line, or an array of readings");
        if (length == piece.length) piece = Arrays.copyOf(piece, Math.min(MAX_BYTES, piece.length * 2));
        piece[length++] = b;
    }

    private int peek() throws IOException {
        return fill() ? buffer[position] : -1;
    }

    /** @return whether there is a byte at the position */
    private boolean fill() throws IOException {
        if (position < limit) return true;
        position = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }
}
