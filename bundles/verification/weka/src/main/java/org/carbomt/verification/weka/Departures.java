package org.carbomt.verification.weka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.carbomt.api.emission.HourlyRecord.Status;
import org.carbomt.api.verification.Severity;

/** Hours outside of the band, in order of time, gathered into runs: of the same side, each within a day of the one before. */
final class Departures {
    private static final int WINDOW_HOURS = 24;
    /** So many of a day on one side are no chance ... */
    private static final int MANY = 6;
    /** ... and weigh, when together they are off by this share of what was expected. */
    private static final double MATERIAL = 0.09;
    /** A single regular hour that far off. */
    private static final double GROSS = 0.25;

    /** @param band per operating hour */
    record Hour(Sample sample, ExpectedMass.Band band, boolean regular) {
        boolean low() {
            return sample.rate() < band.low();
        }

        double expectedMass() {
            return band.expected() * sample.operatingTime();
        }

        /** Relative to what was expected. */
        double off() {
            return sample.rate() / Math.max(band.expected(), 1e-9) - 1;
        }
    }

    /** @param hours at least one */
    record Run(List<Hour> hours) {
        double reported() {
            return hours.stream().mapToDouble(h -> h.sample.mass()).sum();
        }

        double expected() {
            return hours.stream().mapToDouble(Hour::expectedMass).sum();
        }

        Hour worst() {
            return hours.stream().max(Comparator.comparingDouble(h -> Math.abs(h.sample.mass() - h.expectedMass()))).orElseThrow();
        }

        /** A substitute is what the rule prescribes, not what was measured: a question, never a block. */
        Severity severity() {
            if (hours.stream().anyMatch(h -> h.regular && h.sample.hour().status() == Status.MEASURED && Math.abs(h.off()) >= GROSS)) return Severity.BLOCKING;
            var measured = new Run(hours.stream().filter(h -> h.sample.hour().status() == Status.MEASURED).toList());
            return measured.densest() >= MANY && Math.abs(measured.reported() / measured.expected() - 1) >= MATERIAL ? Severity.BLOCKING : Severity.WARNING;
        }

        /** Most hours within a day of each other. */
        private int densest() {
            int most = 0;
            int from = 0;
            for (int to = 0; to < hours.size(); to++) {
                while (between(hours.get(from), hours.get(to)) >= WINDOW_HOURS) from++;
                most = Math.max(most, to - from + 1);
            }
            return most;
        }
    }

    private final List<Run> runs = new ArrayList<>();
    private int size;

    void add(Hour hour) {
        size++;
        if (!runs.isEmpty()) {
            var last = runs.get(runs.size() - 1).hours;
            if (last.get(0).low() == hour.low() && between(last.get(last.size() - 1), hour) <= WINDOW_HOURS) {
                last.add(hour);
                return;
            }
        }
        runs.add(new Run(new ArrayList<>(List.of(hour))));
    }

    private static long between(Hour a, Hour b) {
        return Duration.between(a.sample.hour().hourStart(), b.sample.hour().hourStart()).toHours();
    }

    List<Run> runs() {
        return runs;
    }

    int size() {
        return size;
    }
}
