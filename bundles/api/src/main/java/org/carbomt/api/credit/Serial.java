package org.carbomt.api.credit;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * A block of serials: {@code C01-001-20200301-20200401-007:1-2500}: Regen's batch denomination (project, start and end date in UTC, batch)
 * and the block within it, both ends inclusive. One serial is one tonne.
 *
 * @param tokenId the batch, as on chain
 */
public record Serial(String projectId, LocalDate from, LocalDate to, long tokenId, long first, long last) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final Pattern FORM = Pattern.compile("([A-Z]{1,3}\\d{2,}-\\d{3,})-(\\d{8})-(\\d{8})-(\\d{3,18}):(\\d{1,18})-(\\d{1,18})");

    public Serial {
        if (first < 1 || last < first) throw new IllegalArgumentException("serial block: " + first + "-" + last + ", expected 1 <= first <= last");
    }

    public static Serial parse(String text) {
        var m = FORM.matcher(text);
        if (!m.matches()) throw new IllegalArgumentException("serial: " + text + ", expected like C01-001-20200301-20200401-007:1-2500");
        return new Serial(m.group(1), LocalDate.parse(m.group(2), DAY), LocalDate.parse(m.group(3), DAY), Long.parseLong(m.group(4)), Long.parseLong(m.group(5)), Long.parseLong(m.group(6)));
    }

    public long tonnes() {
        return last - first + 1;
    }

    public String batch() {
        return "%s-%s-%s-%03d".formatted(projectId, DAY.format(from), DAY.format(to), tokenId);
    }

    @Override
    public String toString() {
        return batch() + ":" + first + "-" + last;
    }
}
