package org.carbomt.tool.hours;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carbomt.tool.Failure;
import org.carbomt.tool.output.Csv;

/**
 * A CSV table of someone else: columns are chosen by their headers and renamed, times may be spread over several columns and of any form. What a cell means is
 * left to the profile.
 */
final class MappedPieces implements Pieces {
    /**
     * How the table is read.
     *
     * @param columns name a profile knows, or {@code time}, to the header in the file; {@code A+B} joins two cells with a blank
     * @param time form of the time cells; empty: as the profile says
     * @param offset of times that carry none
     */
    record Form(Map<String, String> columns, char delimiter, Optional<DateTimeFormatter> time, Optional<ZoneOffset> offset) {
        Form {
            columns = new LinkedHashMap<>(columns);
        }
    }

    private final String name;
    private final BufferedReader in;
    private final Form form;
    private final int size;
    private Map<String, int[]> cells;
    private int line;

    MappedPieces(String name, InputStream in, Form form, int size) {
        this.name = name;
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
        this.form = form;
        this.size = size;
    }

    @Override
    public Optional<Piece> next() throws IOException {
        if (cells == null) {
            var header = record();
            if (header == null) return Optional.empty();
            cells = find(header);
        }
        var text = new StringBuilder(Csv.line(List.copyOf(form.columns.keySet())));
        var lines = new ArrayList<Integer>();
        int width = form.columns.size();
        while (text.length() < size) {
            int at = line + 1;
            var record = record();
            if (record == null) break;
            if (record.size() == 1 && record.get(0).isBlank()) continue;
            var row = new ArrayList<String>(width);
            for (var column : cells.entrySet()) row.add(column.getKey().equals("time") ? time(record, column.getValue(), at) : join(record, column.getValue(), at));
            text.append(Csv.line(row));
            lines.add(at);
        }
        if (lines.isEmpty()) return Optional.empty();
        return Optional.of(new Piece(text.toString().getBytes(StandardCharsets.UTF_8), true, l -> l == 1 ? 1 : lines.get(l - 2)));
    }

    private Map<String, int[]> find(List<String> header) {
        var found = new LinkedHashMap<String, int[]>();
        form.columns.forEach((column, wanted) -> {
            var parts = header.contains(wanted) ? List.of(wanted) : Arrays.asList(wanted.split("\\+"));
            found.put(column, parts.stream().mapToInt(part -> {
                int index = header.indexOf(part.strip());
                if (index < 0) throw Failure.refused(name + ", line 1: there is no column '" + part.strip() + "' (for " + column + "); expected one of " + String.join(", ", header));
                return index;
            }).toArray());
        });
        return found;
    }

    private String join(List<String> record, int[] indices, int at) {
        var text = new StringBuilder();
        for (int index : indices) {
            if (index >= record.size()) throw Failure.refused(name + ", line " + at + ": " + record.size() + " cells; expected as many as in the header");
            if (text.length() > 0) text.append(' ');
            text.append(record.get(index).strip());
        }
        return text.toString();
    }

    private String time(List<String> record, int[] indices, int at) {
        var text = join(record, indices, at);
        if (form.time.isEmpty()) return text;
        try {
            var parsed = form.time.get().parse(text);
            var date = LocalDate.from(parsed);
            var clock = Optional.ofNullable(parsed.query(TemporalQueries.localTime())).orElse(LocalTime.MIDNIGHT);
            var offset = parsed.isSupported(ChronoField.OFFSET_SECONDS) ? ZoneOffset.from(parsed) : form.offset.orElseThrow(() -> Failure.usage("times such as '" + text + "' carry no offset: give --utc-offset, e.g. -07:00"));
            return Instant.from(date.atTime(clock).atOffset(offset)).toString();
        } catch (DateTimeException e) {
            throw Failure.refused(name + ", line " + at + ": time.malformed: time = " + text + "; expected the form given by --time-format (" + e.getMessage() + ")");
        }
    }

    /** The cells of the next line; a quoted cell may hold line ends. @return null at the end */
    private List<String> record() throws IOException {
        var text = in.readLine();
        if (text == null) return null;
        int first = ++line;
        if (first == 1 && text.startsWith("\ufeff")) text = text.substring(1);
        var record = new ArrayList<String>();
        for (int at = 0;; at++) {
            if (at < text.length() && text.charAt(at) == '"') {
                var cell = new StringBuilder();
                for (at++;; at++) {
                    if (at >= text.length()) {
                        var more = in.readLine();
                        if (more == null || cell.length() > MAX_BYTES) throw Failure.refused(name + ", line " + first + ": payload.malformed: an open quotation mark; expected a closed one");
                        line++;
                        text += "\n" + more;
                    }
                    if (text.charAt(at) == '"') {
                        if (at + 1 >= text.length() || text.charAt(at + 1) != '"') break;
                        at++;
                    }
                    cell.append(text.charAt(at));
                }
                record.add(cell.toString());
                at++;
            } else {
                int end = text.indexOf(form.delimiter, at);
                record.add(text.substring(at, end < 0 ? text.length() : end));
                at = end < 0 ? text.length() : end;
            }
            if (at >= text.length()) return record;
            if (text.charAt(at) != form.delimiter) throw Failure.refused(name + ", line " + first + ": payload.malformed: '" + text.charAt(at) + "' after a quoted cell; expected '" + form.delimiter + "' or the end of the line");
        }
    }
}
