package org.carbomt.proof;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carbomt.api.credit.Methodology;
import org.carbomt.api.emission.ChannelHour;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.HourInput;
import org.carbomt.api.emission.HourResult;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.RuleBook;
import org.carbomt.api.journal.Entry;
import org.carbomt.api.journal.EntryFormat;
import org.carbomt.api.reading.Grade;

/** The smallest arithmetic that shows the checker at work: an entry is a mass, an hour's mass the mean, credits the tons saved. */
public final class TestCalculators implements Calculators, RuleBook, Methodology {
    @Override
    public Entry entry(byte[] bytes) {
        return EntryFormat.decode(bytes);
    }

    @Override
    public HourInput hour(EmissionSource source, Instant hourStart, List<Entry> entries) {
        var values = entries.stream().mapToDouble(e -> e.block().values()[0][0]).summaryStatistics();
        return new HourInput(source, hourStart, entries.isEmpty() ? Map.of() : Map.of("mass", new ChannelHour("t", Grade.MEASURED, entries.size(), 1, true, values.getAverage(), values.getMin(), values.getMax())));
    }

    @Override
    public HourResult compute(HourInput hour) {
        var mass = hour.channels().get("mass");
        if (mass == null) return new HourResult.Missing("no-data", "test 1", Map.of());
        var tons = BigDecimal.valueOf(mass.mean()).setScale(1, RoundingMode.HALF_UP);
        return new HourResult.Mass(tons, "test 1", false, new BigDecimal("2.0"), Map.of("meanTons", tons));
    }

    @Override
    public Quantification quantify(List<HourlyRecord> baseline, List<HourlyRecord> period, Map<String, BigDecimal> parameters) {
        var saved = sum(baseline).subtract(sum(period));
        var steps = new LinkedHashMap<String, BigDecimal>();
        steps.put("savedTons", saved);
        return new Quantification(saved.setScale(0, RoundingMode.DOWN).longValue(), steps);
    }

    private static BigDecimal sum(List<HourlyRecord> hours) {
        return hours.stream().map(h -> h.massShortTons().orElseThrow()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Override
    public Optional<RuleBook> ruleBook(String id) {
        return id.equals("test-rules") ? Optional.of(this) : Optional.empty();
    }

    @Override
    public Optional<Methodology> methodology(String id) {
        return id.equals("test-saving") ? Optional.of(this) : Optional.empty();
    }

    @Override
    public String id() {
        return "test-rules";
    }

    @Override
    public String version() {
        return "1.0.0";
    }

    @Override
    public Map<String, Set<String>> methods() {
        return Map.of("mean", Set.of("mass"));
    }

    @Override
    public Map<String, BigDecimal> parameters() {
        return Map.of();
    }
}
