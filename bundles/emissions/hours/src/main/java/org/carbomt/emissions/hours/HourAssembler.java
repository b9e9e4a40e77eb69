package org.carbomt.emissions.hours;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.carbomt.api.emission.ChannelHour;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.HourInput;
import org.carbomt.api.journal.Entry;
import org.carbomt.api.reading.Channel;
import org.carbomt.api.reading.Grade;

/**
 * Journal entries to clock hours, role by role. Means are sums of the decimals as they were written, so neither the order of arrival nor binary dust
 * can move a value across a rounding edge. Pure.
 */
public final class HourAssembler {
    private static final long HOUR_MILLIS = 3_600_000;
    private final Predicate<String> wholeHour;

    /** @param wholeHour tells of a profile ({@code id@version}) whether one row is the value of its whole clock hour */
    public HourAssembler(Predicate<String> wholeHour) {
        this.wholeHour = wholeHour;
    }

    /** An hour with the entries (by their index in the list) that have a row of the source's devices in it, in order. */
    public record Hour(HourInput input, List<Integer> entries, boolean wholeHour) {}

    /**
     * The hours of [from, to) in which the source's devices have any row.
     *
     * @param entries in order of sequence; entries of other devices and rows outside of the span are passed over
     */
    public Map<Instant, Hour> hours(EmissionSource source, Instant from, Instant to, List<Entry> entries) {
        var drafts = new TreeMap<Long, Draft>();
        var roles = new HashMap<EmissionSource.ChannelRef, List<String>>();
        source.inputs().forEach((role, ref) -> roles.computeIfAbsent(ref, r -> new ArrayList<>()).add(role));
        var devices = source.inputs().values().stream().map(EmissionSource.ChannelRef::deviceId).collect(java.util.stream.Collectors.toSet());
        for (int i = 0; i < entries.size(); i++) {
            if (devices.contains(entries.get(i).deviceId())) add(entries.get(i), i, from.toEpochMilli(), to.toEpochMilli(), roles, drafts);
        }
        var hours = new TreeMap<Instant, Hour>();
        drafts.forEach((hour, draft) -> {
            var channels = new HashMap<String, ChannelHour>();
            draft.sums.forEach((role, sum) -> channels.put(role, sum.channelHour()));
            hours.put(Instant.ofEpochMilli(hour), new Hour(new HourInput(source, Instant.ofEpochMilli(hour), channels), List.copyOf(draft.entries), draft.whole));
        });
        return hours;
    }

    /** One hour; without any reading it has no channels. */
    public HourInput hour(EmissionSource source, Instant hourStart, List<Entry> entries) {
        var hour = hours(source, hourStart, hourStart.plusMillis(HOUR_MILLIS), entries).get(hourStart);
        return hour == null ? new HourInput(source, hourStart, Map.of()) : hour.input;
    }

    private void add(Entry entry, int index, long from, long to, Map<EmissionSource.ChannelRef, List<String>> roles, Map<Long, Draft> drafts) {
        var block = entry.block();
        boolean whole = wholeHour.test(entry.profile());
        var fed = new ArrayList<Map.Entry<Integer, List<String>>>();
        for (int c = 0; c < block.channels().size(); c++) {
            var names = roles.get(new EmissionSource.ChannelRef(entry.deviceId(), block.channels().get(c).name()));
            if (names != null) fed.add(Map.entry(c, names));
        }
        for (int row = 0; row < block.rows(); row++) {
            long time = block.timesMillis()[row];
            if (time < from || time >= to) continue;
            long hour = Math.floorDiv(time, HOUR_MILLIS) * HOUR_MILLIS;
            var draft = drafts.computeIfAbsent(hour, h -> new Draft());
            draft.touch(index, whole);
            for (var f : fed) {
                double value = block.values()[f.getKey()][row];
                if (Double.isNaN(value)) continue;
                for (var role : f.getValue()) draft.sums.computeIfAbsent(role, r -> new Sum()).add(block.channels().get(f.getKey()), value, (int) ((time - hour) / 60_000), whole);
            }
        }
    }

    private static final class Draft {
        private final Map<String, Sum> sums = new HashMap<>();
        private final List<Integer> entries = new ArrayList<>();
        private boolean whole = true;

        void touch(int index, boolean wholeRow) {
            if (entries.isEmpty() || entries.get(entries.size() - 1) != index) entries.add(index);
            whole &= wholeRow;
        }
    }

    private static final class Sum {
        private String unit;
        private Grade grade;
        private int count;
        private long minutes;
        private boolean whole = true;
        private double first;
        private BigDecimal sum;
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;

        void add(Channel channel, double value, int minute, boolean wholeRow) {
            // Readings in different units have no mean: a unit nobody knows makes the rule book refuse the hour.
            unit = unit == null || unit.equals(channel.unit()) ? channel.unit() : "mixed";
            grade = grade == null || channel.grade().ordinal() > grade.ordinal() ? channel.grade() : grade;
            if (count == 0) {
                first = value;
            } else {
                sum = (sum == null ? BigDecimal.valueOf(first) : sum).add(BigDecimal.valueOf(value));
            }
            count++;
            minutes |= 1L << minute;
            whole &= wholeRow;
            min = Math.min(min, value);
            max = Math.max(max, value);
        }

        ChannelHour channelHour() {
            boolean mixed = unit.equals("mixed");
            double mean = mixed ? Double.NaN : count == 1 ? first : sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL128).doubleValue();
            return new ChannelHour(unit, grade, count, minutes, whole, mean, min, max);
        }
    }
}
