package org.carbomt.field.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.carbomt.api.Problem;
import org.carbomt.api.device.Device;
import org.carbomt.api.reading.Channel;
import org.carbomt.api.reading.Grade;
import org.carbomt.api.reading.ReadingBlock;

/** What a decoded block must satisfy before it is stored. Pure. */
record Checks(Duration future, Duration past) {
    /** Rows within the time limits, and what is wrong with the first that is not. */
    record Timely(Optional<ReadingBlock> block, Optional<Problem> problem) {}

    /** Rows measured too far in the future or the past are left out; the good ones stay. */
    Timely timely(Device device, ReadingBlock block, Instant now) {
        long latest = now.plus(future).toEpochMilli();
        var oldest = device.acceptFrom().orElse(now.minus(past));
        long earliest = oldest.toEpochMilli();
        int good = 0;
        Problem problem = null;
        for (long t : block.timesMillis()) {
            if (t > latest) {
                if (problem == null) problem = new Problem("time.future", "time", text(t), "at most " + now.plus(future) + " (this container's clock says " + now + ")");
            } else if (t < earliest) {
                if (problem == null) problem = new Problem("time.ancient", "time", text(t), "at least " + oldest + "; a recording is imported by setting acceptFrom of the device");
            } else {
                good++;
            }
        }
        if (problem == null) return new Timely(Optional.of(block), Optional.empty());
        return new Timely(good == 0 ? Optional.empty() : Optional.of(within(block, earliest, latest, good)), Optional.of(problem));
    }

    private static String text(long millis) {
        try {
            return Instant.ofEpochMilli(millis).toString();
        } catch (java.time.DateTimeException e) {
            return millis + " ms";
        }
    }

    private static ReadingBlock within(ReadingBlock block, long earliest, long latest, int count) {
        var times = new long[count];
        var values = new double[block.values().length][count];
        int n = 0;
        for (int r = 0; r < block.rows(); r++) {
            long t = block.timesMillis()[r];
            if (t > latest || t < earliest) continue;
            times[n] = t;
            for (int c = 0; c < values.length; c++) values[c][n] = block.values()[c][r];
            n++;
        }
        return new ReadingBlock(block.channels(), times, values);
    }

    /** Marks made-up channels. */
    static ReadingBlock graded(ReadingBlock block, Set<String> synthetic) {
        if (synthetic.isEmpty()) return block;
        List<Channel> channels = block.channels().stream().map(c -> synthetic.contains(c.name()) ? c.withGrade(Grade.SYNTHETIC) : c).toList();
        return new ReadingBlock(channels, block.timesMillis(), block.values());
    }
}
