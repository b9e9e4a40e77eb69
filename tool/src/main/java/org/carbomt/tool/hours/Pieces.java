package org.carbomt.tool.hours;

import java.io.IOException;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** A text of readings in pieces, each a payload that a profile decodes by itself: so a file of any size needs little memory. */
interface Pieces {
    /** No line, and no JSON value that cannot be cut, may be longer. */
    int MAX_BYTES = 64 << 20;

    /**
     * One piece.
     *
     * @param csv whether it starts with a header line
     * @param fileLine from a line of the piece to the line of the file, both from 1
     */
    record Piece(byte[] bytes, boolean csv, IntUnaryOperator fileLine) {
        /** What comes after a line of a CSV piece, under the same header; empty when nothing does. */
        Optional<Piece> after(int line) {
            int header = endOfLines(1);
            int rest = endOfLines(line);
            if (rest >= bytes.length) return Optional.empty();
            var shorter = new byte[header + bytes.length - rest];
            System.arraycopy(bytes, 0, shorter, 0, header);
            System.arraycopy(bytes, rest, shorter, header, bytes.length - rest);
            return Optional.of(new Piece(shorter, true, l -> l == 1 ? fileLine.applyAsInt(1) : fileLine.applyAsInt(l + line - 1)));
        }

        /** Where the line after that many lines begins. */
        private int endOfLines(int lines) {
            boolean quoted = false;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '"') quoted = !quoted;
                boolean end = bytes[i] == '\n' || bytes[i] == '\r' && (i + 1 == bytes.length || bytes[i + 1] != '\n');
                if (end && !quoted && --lines == 0) return i + 1;
            }
            return bytes.length;
        }
    }

    /** @return empty at the end */
    Optional<Piece> next() throws IOException;
}
