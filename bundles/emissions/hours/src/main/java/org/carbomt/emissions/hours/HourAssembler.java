package org.carbomt.emissions.hours;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

    /** An hour with the entries (by their index in the list) that have a row of the source's devices in it, in order. */
    public record Hour(HourInput input, List<Integer> entries, boolean wholeHour) {}

    /**
     * The hours of [from, to) in which the source's devices have any row.
     *
     * @param entries in order of sequence; entries of other devices and rows outside of the span are passed over
     */
    public Map<Instant, Hour> hours(EmissionSource source, Instant from, Instant to, List<Entry> entries) {
        var gathering = gather(source, from, to);
        entries.forEach(gathering::add);
        return gathering.hours();
    }

    /** The same for entries that come one after the other. */
    public Gathering gather(EmissionSource source, Instant from, Instant to) {
        return new Gathering(source, from, to);
    }

    /** One hour; without any reading it has no channels. */
    public HourInput hour(EmissionSource source, Instant hourStart, List<Entry> entries) {
        var hour = hours(source, hourStart, hourStart.plusMillis(HOUR_MILLIS), entries).get(hourStart);
        return hour == null ? new HourInput(source, hourStart, Map.of()) : hour.input;
    }

    /** Hours that grow entry by entry. Only sums are kept, so the entries may be more than memory holds. Not thread safe. */
    public final class Gathering {
        private final EmissionSource source;
        private final long from;
        private final long to;
        private final Map<EmissionSource.ChannelRef, List<String>> roles = new HashMap<>();
        private final Set<String> devices;
        private final TreeMap<Long, Draft> drafts = new TreeMap<>();
        private int next;

        private Gathering(EmissionSource source, Instant from, Instant to) {
            this.source = source;
            this.from = from.toEpochMilli();
            this.to = to.toEpochMilli();
            source.inputs().forEach((role, ref) -> roles.computeIfAbsent(ref, r -> new ArrayList<>()).add(role));
            devices = source.inputs().values().stream().map(EmissionSource.ChannelRef::deviceId).collect(Collectors.toSet());
        }

        /** The next entry in order of sequence. */
        public void add(Entry entry) {
            int index = next++;
            if (!devices.contains(entry.deviceId())) return;
            var block = entry.block();
            boolean whole = entry.wholeHour();
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

        /** The hours so far; the indices of their entries count every entry that was added. */
        public Map<Instant, Hour> hours() {
            var hours = new TreeMap<Instant, Hour>();
            drafts.forEach((hour, draft) -> {
                var channels = new HashMap<String, ChannelHour>();
                draft.sums.forEach((role, sum) -> channels.put(role, sum.channelHour()));
                hours.put(Instant.ofEpochMilli(hour), new Hour(new HourInput(source, Instant.ofEpochMilli(hour), channels), List.copyOf(draft.entries), draft.whole));
            });
            return hours;
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
