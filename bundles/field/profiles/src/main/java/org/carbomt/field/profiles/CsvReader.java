package org.carbomt.field.profiles;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import org.carbomt.api.device.Payload;

/** CSV after RFC 4180 with a header of field names; an empty cell is 'no value', a row of empty cells is stepped over. Works on the bytes: a year of minutes is one message. */
final class CsvReader {
    private static final int MAX_COLUMNS = 256;
    private final TextFormat format;
    private final Payload payload;
    private final byte[] bytes;
    private final int[] from = new int[MAX_COLUMNS];
    private final int[] to = new int[MAX_COLUMNS];
    private int at;

    CsvReader(TextFormat format, Payload payload) {
        this.format = format;
        this.payload = payload;
        this.bytes = payload.bytes();
    }

    Columns read() throws Unfit {
        if (bytes.length > 2 && (bytes[0] & 0xff) == 0xef && (bytes[1] & 0xff) == 0xbb) at = 3; // byte-order mark
        int width = cells(1);
        if (width < 0) throw new Unfit("payload.malformed", "line 1", "", "a header of field names");
        var fields = new TextFormat.Field[width];
        int timeColumn = -1;
        var seen = new HashSet<String>();
        for (int c = 0; c < width; c++) {
            var name = text(c).trim();
            if (!seen.add(name)) throw new Unfit("field.duplicate", "line 1", name, "each name once");
            fields[c] = format.fields().get(name);
            if (name.equals(format.timeField())) {
                timeColumn = c;
            } else if (fields[c] == null && !format.ignored().contains(name) && !format.ignoreExtra()) {
                throw new Unfit("field.unknown", "line 1", name, format.names());
            }
        }
        var columns = new Columns(format.shape(), rowsAhead(width));
        for (int line = 2; at < bytes.length; line++) {
            int n = cells(line);
            if (n == 1 && from[0] == to[0] && width > 1) continue;
            if (n != width) throw new Unfit("payload.malformed", "line " + line, n + " cells", width + " cells as in the header");
            var where = "line " + line + ": ";
            boolean any = false;
            columns.begin();
            for (int c = 0; c < width; c++) {
                var field = fields[c];
                if (field == null) continue;
                if (from[c] == to[c]) {
                    if (field.required()) throw new Unfit("field.missing", where + field.name(), "", "a value of " + field.name());
                    continue;
                }
                double value = DecimalText.parse(bytes, from[c], to[c]);
                if (Double.isNaN(value)) value = format.named(field, text(c), where);
                columns.put(field.channel(), format.rules().get(field.channel()).accept(field.linear().isIdentity() ? value : field.linear().apply(value), where));
                any = true;
            }
            if (!any) continue;
            columns.time(timeColumn >= 0 && from[timeColumn] < to[timeColumn] ? format.time().parse(bytes, from[timeColumn], to[timeColumn], where) : missingTime(timeColumn, where));
            columns.end();
        }
        return columns;
    }

    /**
     * How many rows may follow, so that the columns are made once: the lines, but no more than there is room for rows with a value in each cell, or lines that
     * hold nothing would claim memory. A wrong guess costs a copy.
     */
    private int rowsAhead(int width) {
        int lines = 1;
        for (int i = at; i < bytes.length; i++) {
            if (bytes[i] == '\n' && i + 1 < bytes.length) lines++;
        }
        return Math.min(lines, (bytes.length - at) / (2 * width) + 1);
    }

    private long missingTime(int timeColumn, String where) throws Unfit {
        if (timeColumn >= 0) throw new Unfit("time.malformed", where + format.timeField(), "", format.time().expected());
        return BinaryTime.ofTransport(payload);
    }

    /** Splits the next line into cells; @return how many, -1 at the end */
    private int cells(int line) throws Unfit {
        if (at >= bytes.length) return -1;
        int n = 0;
        while (true) {
            if (n == MAX_COLUMNS) throw new Unfit("payload.malformed", "line " + line, "more than " + MAX_COLUMNS + " cells", "at most " + MAX_COLUMNS);
            if (at < bytes.length && bytes[at] == '"') {
                from[n] = ++at;
                while (at < bytes.length && bytes[at] != '"') at++;
                if (at >= bytes.length) throw new Unfit("payload.malformed", "line " + line, "an open quotation mark", "a closed one");
                to[n++] = at++;
            } else {
                from[n] = at;
                while (at < bytes.length && bytes[at] != ',' && bytes[at] != '\n' && bytes[at] != '\r') at++;
                to[n++] = at;
            }
            if (at >= bytes.length) return n;
            byte end = bytes[at++];
            if (end == ',') continue;
            if (end == '\r' && at < bytes.length && bytes[at] == '\n') at++;
            if (end == '\n' || end == '\r') return n;
            throw new Unfit("payload.malformed", "line " + line, String.valueOf((char) end), "a comma or the end of the line after a quoted cell");
        }
    }

    private String text(int cell) {
        return new String(bytes, from[cell], Math.min(to[cell] - from[cell], 200), StandardCharsets.UTF_8);
    }
}
