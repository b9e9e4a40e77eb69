package org.carbomt.market.matching.replay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;

/**
 * One line of a file of order events, in whole numbers (rule 7.2).
 *
 * @param cents price, rounded half up
 * @param tonnes what is open after the event, rounded down
 * @param action created, changed or deleted
 */
record EventLine(String id, long cents, long tonnes, String action, boolean buys) {
    private static final List<String> COLUMNS = List.of("id", "price", "volume", "action", "direction");
    private static final List<String> ACTIONS = List.of("created", "changed", "deleted");
    private static final List<String> DIRECTIONS = List.of("bid", "ask");
    /** A number longer than this is no price or volume; it would only cost time. */
    private static final int LONGEST = 40;
    private static final BigDecimal UNITS_PER_TONNE = BigDecimal.valueOf(10_000);
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000_000_000L);

    /** Where the columns are. */
    static final class Layout {
        private final int width;
        private final int[] at;

        /** @param header null: the file is empty */
        Layout(String header) {
            var names = header == null ? List.<String>of() : Arrays.asList(header.split(",", -1));
            for (var column : COLUMNS) if (!names.contains(column)) throw wrong(1, "column " + column, "missing", "a header with " + String.join(", ", COLUMNS));
            width = names.size();
            at = COLUMNS.stream().mapToInt(names::indexOf).toArray();
        }

        /** @param number of the line, for what is said of it */
        EventLine read(int number, String line) {
            var cells = line.split(",", -1);
            if (cells.length != width) throw wrong(number, "cells", "" + cells.length, "" + width + ", as the header has");
            if (cells[at[0]].isEmpty()) throw wrong(number, "id", "empty", "the id of an order");
            var cents = decimal(number, "price", cells[at[1]]).movePointRight(2).setScale(0, RoundingMode.HALF_UP);
            var tonnes = decimal(number, "volume", cells[at[2]]).divide(UNITS_PER_TONNE, 0, RoundingMode.FLOOR);
            return new EventLine(cells[at[0]], cents.longValueExact(), tonnes.longValueExact(), word(number, "action", cells[at[3]], ACTIONS), word(number, "direction", cells[at[4]], DIRECTIONS).equals("bid"));
        }
    }

    private static BigDecimal decimal(int line, String field, String text) {
        try {
            var value = text.length() > LONGEST ? null : new BigDecimal(text);
            if (value != null && value.signum() >= 0 && value.compareTo(MOST) <= 0 && value.scale() <= LONGEST) return value;
        } catch (NumberFormatException e) {
            throw wrong(line, field, text, "a decimal number");
        }
        throw wrong(line, field, text, "a number from 0 to " + MOST.toPlainString());
    }

    private static String word(int line, String field, String text, List<String> known) {
        if (!known.contains(text)) throw wrong(line, field, text, String.join(" or ", known));
        return text;
    }

    static CarboException.Invalid wrong(int line, String field, String value, String expected) {
        return new CarboException.Invalid(new Problem("event.malformed", "line " + line + ", " + field, value, expected));
    }
}
