package org.carbomt.tool.hours;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.carbomt.api.emission.ChannelHour;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.HourInput;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.RuleBook;
import org.carbomt.api.journal.Entry;
import org.carbomt.emissions.hours.HourAssembler;
import org.carbomt.emissions.hours.HourOutcome;

/** The readings of a source gathered into hours and computed, by the container's classes. Holds sums by the hour, not readings. */
final class HourRun {
    /** Role of a mass that someone reported: it is compared with, no rule book sees it. */
    static final String REPORTED = "reported";
    private static final Instant START = Instant.EPOCH;
    private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");
    private final EmissionSource source;
    private final Set<String> droppable;
    private final RuleBook book;
    private final HourAssembler.Gathering gathering;

    /**
     * An hour.
     *
     * @param input what the rule book got
     * @param reported the mass reported for it, short tons
     */
    record Computed(HourlyRecord record, HourInput input, Optional<BigDecimal> reported) {
        /** Whether the mass is the reported one, to the last digit; true when none is reported. */
        boolean agrees() {
            return reported.isEmpty() || record.massShortTons().map(m -> m.compareTo(reported.get()) == 0).orElse(false);
        }
    }

    /** @param droppable roles that the source does without when no reading has them */
    HourRun(EmissionSource source, Set<String> droppable, RuleBook book, Optional<Instant> from, Optional<Instant> to) {
        this.source = source;
        this.droppable = droppable;
        this.book = book;
        this.gathering = new HourAssembler().gather(source, from.or(source::accountingFrom).orElse(START), to.orElse(END));
    }

    void add(Entry entry) {
        gathering.add(entry);
    }

    /** Every hour from the first to the last, or of the span if one is given; an hour without readings is missing, never left out. */
    List<Computed> hours(Optional<Instant> from, Optional<Instant> to) {
        var hours = new TreeMap<>(gathering.hours());
        if (hours.isEmpty() && (from.isEmpty() || to.isEmpty())) return List.of();
        var seen = new HashSet<String>();
        hours.values().forEach(h -> seen.addAll(h.input().channels().keySet()));
        var used = without(source, role -> role.equals(REPORTED) || droppable.contains(role) && !seen.contains(role));
        var first = from.orElseGet(hours::firstKey);
        var end = to.orElseGet(() -> hours.lastKey().plus(Duration.ofHours(1)));
        var out = new ArrayList<Computed>();
        for (var hour = first; hour.isBefore(end); hour = hour.plus(Duration.ofHours(1))) {
            Map<String, ChannelHour> channels = hours.containsKey(hour) ? new HashMap<>(hours.get(hour).input().channels()) : new HashMap<>();
            var reported = Optional.ofNullable(channels.remove(REPORTED)).filter(c -> c.count() == 1).map(c -> BigDecimal.valueOf(c.mean()));
            var input = new HourInput(used, hour, channels);
            out.add(new Computed(HourOutcome.of(book, input, List.of()), input, reported));
        }
        return out;
    }

    private static EmissionSource without(EmissionSource s, java.util.function.Predicate<String> dropped) {
        var inputs = new HashMap<>(s.inputs());
        inputs.keySet().removeIf(dropped);
        return new EmissionSource(s.id(), s.siteId(), s.name(), s.ruleBook(), s.method(), inputs, s.parameters(), s.operatorId(), s.accountingFrom());
    }
}
