package org.carbomt.forecast;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.emission.HourlyRecord;

/** A source's hours as a series: short tons where measured or idle, NaN where missing, substituted or without a record. A substitute is a rule's number, nothing to learn from. */
record Past(Instant from, double[] shortTons) {
    static Past of(List<HourlyRecord> hours, Instant from, Instant to) {
        var values = new double[(int) Duration.between(from, to).toHours()];
        Arrays.fill(values, Double.NaN);
        for (var h : hours) values[(int) Duration.between(from, h.hourStart()).toHours()] = measured(h);
        return new Past(from, values);
    }

    static double measured(HourlyRecord h) {
        return h.status() == HourlyRecord.Status.MEASURED || h.status() == HourlyRecord.Status.IDLE ? h.massShortTons().orElseThrow().doubleValue() : Double.NaN;
    }

    /** Without what lies before the first known hour. */
    Past known() {
        int first = 0;
        while (first < shortTons.length && Double.isNaN(shortTons[first])) first++;
        return new Past(from.plus(Duration.ofHours(first)), Arrays.copyOfRange(shortTons, first, shortTons.length));
    }

    /** Names the model: hours, and what is made of them. */
    String model() {
        var bytes = ByteBuffer.allocate(8 * shortTons.length);
        for (var v : shortTons) bytes.putDouble(v);
        return Hash.sha256(("carbomt/forecast/" + Contest.VERSION + "\n" + from + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8), bytes.array()).hex().substring(0, 16);
    }
}
