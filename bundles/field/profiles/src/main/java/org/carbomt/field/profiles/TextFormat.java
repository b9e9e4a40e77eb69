package org.carbomt.field.profiles;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carbomt.api.device.Payload;
import org.carbomt.api.reading.ReadingBlock;

/**
 * Named values: a JSON object, an array of them, one a line (NDJSON), or CSV with a header of the same names. A top-level object
 * {@code units} may name the unit of each field; one that the profile does not know is an error, never a guess.
 *
 * @param rows JSON pointer to the array of rows inside the message, empty when the message itself is the row or the array
 * @param fields by name; names inside of objects are pointers such as {@code /data/co2}
 * @param ignored names that are stepped over
 * @param ignoreExtra whether names the profile does not mention are stepped over too
 */
record TextFormat(int maxBytes, Optional<String> rows, String timeField, TimeText time, Map<String, Field> fields, Set<String> ignored, boolean ignoreExtra, List<ChannelRule> rules,
        Columns.Shape shape) implements PayloadFormat {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(16).maxStringLength(4096).maxNumberLength(64).maxNameLength(256).build()).build();
    private static final String UNITS = "units";

    /** @param units by name as the sender writes it. @param values texts that stand for a number. */
    record Field(int channel, String name, boolean required, Linear linear, Map<String, Linear> units, Map<String, Double> values) {}

    @Override
    public ReadingBlock read(Payload payload) throws Unfit {
        var bytes = payload.bytes();
        int first = 0;
        while (first < bytes.length && bytes[first] <= ' ' && bytes[first] >= 0) first++;
        var type = payload.contentType();
        boolean csv = type.startsWith("text/csv") || !type.contains("json") && first < bytes.length && bytes[first] != '{' && bytes[first] != '[';
        var columns = csv ? new CsvReader(this, payload).read() : json(payload);
        if (columns.rows() == 0) throw new Unfit("payload.no-readings", "payload", bytes.length + " bytes", "at least one row with a value");
        return columns.block();
    }

    private Columns json(Payload payload) throws Unfit {
        var columns = new Columns(shape, 1);
        var row = new Row(payload);
        try (var parser = JSON.createParser(payload.bytes())) {
            int number = 0;
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT && rows.isEmpty()) {
                    row.read(parser, columns, number++);
                } else if (token == JsonToken.START_ARRAY && rows.isEmpty()) {
                    number = array(parser, row, columns, number);
                } else if (token == JsonToken.START_OBJECT) {
                    number = inside(parser, "", row, columns, number);
                } else {
                    throw new Unfit("payload.malformed", "payload", parser.getText(), "a JSON object or an array of objects");
                }
            }
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new Unfit("payload.malformed", "payload", e.getOriginalMessage() + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr()), "valid JSON in UTF-8");
        } catch (IOException e) {
            throw new Unfit("payload.malformed", "payload", e.getMessage(), "valid JSON in UTF-8");
        }
        return columns;
    }

    private static int array(JsonParser parser, Row row, Columns columns, int number) throws IOException, Unfit {
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token != JsonToken.START_OBJECT) throw new Unfit("payload.malformed", "row " + (number + 1), token == null ? "end of message" : parser.getText(), "a JSON object");
            row.read(parser, columns, number++);
        }
        return number;
    }

    /** Looks for the array of rows; everything beside it belongs to the envelope and is stepped over. */
    private int inside(JsonParser parser, String path, Row row, Columns columns, int number) throws IOException, Unfit {
        for (var token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
            var here = path + "/" + parser.currentName();
            var value = parser.nextToken();
            if (here.equals(rows.get()) && value == JsonToken.START_ARRAY) {
                number = array(parser, row, columns, number);
            } else if (value == JsonToken.START_OBJECT) {
                number = inside(parser, here, row, columns, number);
            } else {
                parser.skipChildren();
            }
        }
        return number;
    }

    String names() {
        return "one of " + timeField + ", " + String.join(", ", fields.keySet().stream().sorted().toList());
    }

    /** @param text of a value that is no number */
    double named(Field field, String text, String where) throws Unfit {
        var value = field.values.get(text);
        if (value != null) return value;
        throw new Unfit("value.malformed", where + field.name, text, field.values.isEmpty() ? "a finite number" : "one of " + String.join(", ", field.values.keySet().stream().sorted().toList()));
    }

    /** One row of JSON. Values wait until the row is over, because the units may be named after them. */
    private final class Row {
        private final Payload payload;
        private final double[] values = new double[rules.size()];
        private final Field[] met = new Field[rules.size()];

        Row(Payload payload) {
            this.payload = payload;
        }

        void read(JsonParser parser, Columns columns, int number) throws IOException, Unfit {
            var where = number == 0 ? "" : "row " + (number + 1) + ": ";
            Arrays.fill(values, Double.NaN);
            Arrays.fill(met, null);
            columns.begin();
            var units = object(parser, columns, "", where, null);
            if (!columns.hasTime()) columns.time(BinaryTime.ofTransport(payload));
            boolean any = false;
            for (var field : fields.values()) {
                int c = field.channel;
                if (Double.isNaN(values[c])) {
                    if (field.required) throw new Unfit("field.missing", where + field.name, "", "a value of " + field.name);
                    continue;
                }
                double value = values[c];
                var unit = units == null ? null : units.get(field.name);
                var channelUnit = rules.get(c).channel().unit();
                if (unit != null && !unit.equals(channelUnit)) {
                    var conversion = field.units.get(unit);
                    if (conversion == null) throw new Unfit("unit.wrong", where + field.name, unit, field.units.isEmpty() ? channelUnit : channelUnit + " or " + String.join(", ", field.units.keySet()));
                    value = conversion.apply(value);
                }
                columns.put(c, rules.get(c).accept(field.linear.isIdentity() ? value : field.linear.apply(value), where));
                any = true;
            }
            if (units != null) {
                for (var name : units.keySet()) {
                    if (!fields.containsKey(name)) throw new Unfit("field.unknown", where + UNITS + "." + name, units.get(name), names());
                }
            }
            if (!any) throw new Unfit("payload.no-readings", where + "row", "no value", names());
            columns.end();
        }

        private Map<String, String> object(JsonParser parser, Columns columns, String path, String where, Map<String, String> units) throws IOException, Unfit {
            for (var token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
                if (token == null) throw new Unfit("payload.malformed", where + "row", "end of message", "a closed JSON object");
                var name = path.isEmpty() ? parser.currentName() : path + "/" + parser.currentName();
                var value = parser.nextToken();
                var field = fields.get(name);
                if (field != null) {
                    if (met[field.channel] != null) throw new Unfit("field.duplicate", where + name, name, "each field once in a row");
                    met[field.channel] = field;
                    values[field.channel] = number(parser, value, field, where);
                } else if (name.equals(timeField)) {
                    time(parser, value, columns, where);
                } else if (ignored.contains(name)) {
                    parser.skipChildren();
                } else if (name.equals(UNITS) && value == JsonToken.START_OBJECT) {
                    units = units(parser, where);
                } else if (value == JsonToken.START_OBJECT && nested(name)) {
                    units = object(parser, columns, name.startsWith("/") ? name : "/" + name, where, units);
                } else if (ignoreExtra) {
                    parser.skipChildren();
                } else {
                    throw new Unfit("field.unknown", where + name, parser.getText(), names());
                }
            }
            return units;
        }

        private boolean nested(String name) {
            var prefix = (name.startsWith("/") ? name : "/" + name) + "/";
            if (ignoreExtra || timeField.startsWith(prefix)) return true;
            for (var f : fields.keySet()) {
                if (f.startsWith(prefix)) return true;
            }
            return ignored.stream().anyMatch(i -> i.startsWith(prefix));
        }

        private double number(JsonParser parser, JsonToken token, Field field, String where) throws IOException, Unfit {
            if (token == JsonToken.VALUE_NULL) return Double.NaN;
            if (token == JsonToken.VALUE_STRING) return named(field, parser.getText(), where);
            if (!token.isNumeric()) throw new Unfit("value.malformed", where + field.name, parser.getText(), "a finite number");
            double value = parser.getDoubleValue();
            if (Double.isInfinite(value)) throw new Unfit("value.malformed", where + field.name, parser.getText(), "a finite number");
            return value;
        }

        private void time(JsonParser parser, JsonToken token, Columns columns, String where) throws IOException, Unfit {
            if (columns.hasTime()) throw new Unfit("field.duplicate", where + timeField, parser.getText(), "each field once in a row");
            switch (token) {
                case VALUE_STRING -> {
                    var text = parser.getText().getBytes(StandardCharsets.UTF_8);
                    columns.time(time.parse(text, 0, text.length, where));
                }
                case VALUE_NUMBER_INT -> {
                    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) throw new Unfit("time.malformed", where + timeField, parser.getText(), time.expected());
                    columns.time(time.number(parser.getLongValue(), where));
                }
                default -> throw new Unfit("time.malformed", where + timeField, parser.getText(), time.expected());
            }
        }

        private static Map<String, String> units(JsonParser parser, String where) throws IOException, Unfit {
            var units = new HashMap<String, String>();
            for (var token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
                var name = parser.currentName();
                if (parser.nextToken() != JsonToken.VALUE_STRING) throw new Unfit("unit.wrong", where + UNITS + "." + name, parser.getText(), "the unit as a text");
                units.put(name, parser.getText());
            }
            return units;
        }
    }
}
