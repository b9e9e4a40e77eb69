package org.carbomt.field.profiles;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Times as senders write them, to UTC milliseconds since 1970. */
record TimeText(Form form, Optional<ZoneOffset> offset) {
    /** What a number or a text means. */
    enum Form {
        AUTO,
        ISO,
        EPOCH_MILLIS,
        EPOCH_SECONDS
    }

    static final TimeText AUTO = new TimeText(Form.AUTO, Optional.empty());
    /** No message is from before 1970 or after 2199; whether it is too old or in the future is for the intake to say. */
    static final long END_MILLIS = 7_258_118_400_000L;

    private static final long NONE = Long.MIN_VALUE;

    /** @param where prefix for the field name */
    long parse(byte[] text, int from, int to, String where) throws Unfit {
        long millis = digits(text, from, to);
        if (millis != NONE) return number(millis, where);
        if (form == Form.EPOCH_MILLIS || form == Form.EPOCH_SECONDS) throw unfit(text, from, to, where);
        millis = iso(text, from, to);
        if (millis == NONE) millis = slowly(text, from, to);
        if (millis == NONE || millis < 0 || millis >= END_MILLIS) throw unfit(text, from, to, where);
        return millis;
    }

    long number(long value, String where) throws Unfit {
        if (form == Form.ISO) throw new Unfit("time.malformed", where + "time", Long.toString(value), expected());
        long end = form == Form.EPOCH_SECONDS ? END_MILLIS / 1000 : END_MILLIS;
        if (value < 0 || value >= end) throw new Unfit("time.malformed", where + "time", Long.toString(value), expected());
        return form == Form.EPOCH_SECONDS ? value * 1000 : value;
    }

    String expected() {
        String iso = "ISO 8601 with offset, e.g. 2020-03-01T05:00:00Z" + (offset.isPresent() ? " (or without, then " + offset.get() + ")" : "");
        return switch (form) {
            case ISO -> iso;
            case EPOCH_MILLIS -> "whole milliseconds since 1970-01-01T00:00:00Z";
            case EPOCH_SECONDS -> "whole seconds since 1970-01-01T00:00:00Z";
            case AUTO -> iso + ", or whole milliseconds since 1970";
        };
    }

    private Unfit unfit(byte[] text, int from, int to, String where) {
        return new Unfit("time.malformed", where + "time", new String(text, from, Math.min(to - from, 200), StandardCharsets.UTF_8), expected());
    }

    private static long digits(byte[] text, int from, int to) {
        if (to == from || to - from > 15) return NONE;
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) return NONE;
            value = value * 10 + digit;
        }
        return value;
    }

    /** {@code 2020-03-01T05:00:00Z} and {@code 2020-03-01T05:00:00.123Z}, without objects. */
    private static long iso(byte[] t, int from, int to) {
        int length = to - from;
        if ((length != 20 && length != 24) || t[to - 1] != 'Z' || t[from + 4] != '-' || t[from + 7] != '-' || t[from + 10] != 'T' || t[from + 13] != ':' || t[from + 16] != ':') return NONE;
        int year = two(t, from) * 100 + two(t, from + 2);
        int month = two(t, from + 5);
        int day = two(t, from + 8);
        int hour = two(t, from + 11);
        int minute = two(t, from + 14);
        int second = two(t, from + 17);
        int milli = 0;
        if (length == 24) {
            if (t[from + 19] != '.') return NONE;
            milli = two(t, from + 20) * 10 + (t[from + 22] - '0');
            if (t[from + 22] < '0' || t[from + 22] > '9') return NONE;
        }
        if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 31 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || milli < 0) return NONE;
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        if (day > (month == 2 ? leap ? 29 : 28 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31)) return NONE;
        // Days from the civil calendar: years counted from March, so that the leap day is the last.
        int y = month <= 2 ? year - 1 : year;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        long days = 365L * y + y / 4 - y / 100 + y / 400 + dayOfYear - 719_468;
        return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000L + milli;
    }

    private static int two(byte[] t, int at) {
        int tens = t[at] - '0';
        int ones = t[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -10_000 : tens * 10 + ones;
    }

    private long slowly(byte[] text, int from, int to) {
        if (to - from < 10 || to - from > 40) return NONE;
        var word = new String(text, from, to - from, StandardCharsets.ISO_8859_1).replace(' ', 'T');
        try {
            return OffsetDateTime.parse(word).toInstant().toEpochMilli();
        } catch (DateTimeException noOffset) {
            if (offset.isEmpty()) return NONE;
        }
        try {
            var local = word.length() == 10 ? LocalDate.parse(word).atStartOfDay() : LocalDateTime.parse(word);
            return local.toInstant(offset.get()).toEpochMilli();
        } catch (DateTimeException notATime) {
            return NONE;
        }
    }
}
