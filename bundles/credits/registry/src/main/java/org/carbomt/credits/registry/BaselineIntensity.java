package org.carbomt.credits.registry;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.credit.Methodology;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.HourlyRecord.Status;
import org.carbomt.api.reading.Grade;

/**
 * {@code baseline-intensity}: credits = ⌊I_b · A − M − d · U · M⌋ tonnes of CO2, never below 0, with I_b the tonnes per MWh of the baseline period (rounded down
 * to 6 digits, the cautious side), A the MWh of the crediting period, M its measured tonnes, U its expanded uncertainty (k = 2), weighted by mass, since
 * the errors of one instrument do not average out over its hours, and d the parameter {@code deductionFactor} (1 by default). Pure.
 */
public final class BaselineIntensity implements Methodology {
    private static final BigDecimal GRAMS_PER_TONNE = new BigDecimal(1_000_000);
    private static final BigDecimal HUNDRED = new BigDecimal(100);
    private final String version;

    /** @param version stamped on what it quantified; the bundle's version */
    public BaselineIntensity(String version) {
        this.version = version;
    }

    @Override
    public String id() {
        return "baseline-intensity";
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Map<String, BigDecimal> parameters() {
        return Map.of("deductionFactor", BigDecimal.ONE);
    }

    @Override
    public Quantification quantify(List<HourlyRecord> baseline, List<HourlyRecord> period, Map<String, BigDecimal> parameters) {
        for (var name : parameters.keySet()) {
            if (!parameters().containsKey(name)) throw invalid("parameters." + name, parameters.get(name).toPlainString(), "one of " + parameters().keySet());
        }
        var factor = parameters.getOrDefault("deductionFactor", BigDecimal.ONE);
        if (factor.signum() < 0) throw invalid("parameters.deductionFactor", factor.toPlainString(), "0 or more");
        var before = sums("baseline", baseline);
        var now = sums("period", period);
        if (!baseline.get(0).sourceId().equals(period.get(0).sourceId())) throw invalid("source", period.get(0).sourceId(), "the source of the baseline, " + baseline.get(0).sourceId());
        if (period.get(0).hourStart().isBefore(baseline.get(baseline.size() - 1).hourStart().plus(Duration.ofHours(1)))) {
            throw invalid("period", period.get(0).hourStart().toString(), "a period after the baseline, which ends with " + baseline.get(baseline.size() - 1).hourStart());
        }
        var intensity = before.tonnes.divide(before.mwh, 6, RoundingMode.DOWN);
        var baselineTonnes = intensity.multiply(now.mwh);
        var reduction = baselineTonnes.subtract(now.tonnes);
        var uncertainty = now.uncertaintyPercent();
        var deduction = uncertainty.multiply(factor).multiply(now.tonnes).divide(HUNDRED, MathContext.DECIMAL128);
        var net = reduction.subtract(deduction);
        long credits = net.signum() <= 0 ? 0 : net.setScale(0, RoundingMode.DOWN).longValueExact();
        var steps = new LinkedHashMap<String, BigDecimal>();
        steps.put("baselineMeasuredTonnes", before.tonnes);
        steps.put("baselineActivityMwh", plain(before.mwh));
        steps.put("baselineTonnesPerMwh", intensity);
        steps.put("activityMwh", plain(now.mwh));
        steps.put("baselineTonnes", plain(baselineTonnes));
        steps.put("measuredTonnes", now.tonnes);
        steps.put("reductionTonnes", plain(reduction));
        steps.put("uncertaintyPercent", uncertainty);
        steps.put("deductionFactor", factor);
        steps.put("deductionTonnes", plain(deduction));
        steps.put("netTonnes", plain(net));
        return new Quantification(credits, steps);
    }

    /** @param tonnes from the grams of the hours. @param weighted sum of mass times percent */
    private record Sums(BigDecimal tonnes, BigDecimal mwh, BigDecimal weighted) {
        BigDecimal uncertaintyPercent() {
            return tonnes.signum() == 0 ? BigDecimal.ZERO : weighted.divide(tonnes, 4, RoundingMode.UP);
        }
    }

    private static Sums sums(String what, List<HourlyRecord> hours) {
        if (hours.isEmpty()) throw invalid(what, "no hours", "at least one hour");
        var tonnes = BigDecimal.ZERO;
        var mwh = BigDecimal.ZERO;
        var weighted = BigDecimal.ZERO;
        for (var hour : hours) {
            if (hour.status() == Status.MISSING) throw invalid(what + " " + hour.id(), "MISSING: " + hour.reason(), "a mass in every hour; a missing hour carries no credit");
            if (hour.grade() != Grade.MEASURED) throw invalid(what + " " + hour.id(), hour.grade().name(), "hours of grade MEASURED");
            var activity = hour.steps().get("activityMwh");
            if (activity == null) throw invalid(what + " " + hour.id(), "no activityMwh", "a source with a load channel");
            var mass = new BigDecimal(hour.massGrams().orElseThrow()).divide(GRAMS_PER_TONNE);
            tonnes = tonnes.add(mass);
            mwh = mwh.add(activity);
            weighted = weighted.add(mass.multiply(hour.uncertaintyPercent().orElse(BigDecimal.ZERO)));
        }
        if (mwh.signum() <= 0) throw invalid(what, mwh.toPlainString() + " MWh", "some activity");
        return new Sums(plain(tonnes), mwh, weighted);
    }

    private static BigDecimal plain(BigDecimal value) {
        var stripped = value.setScale(Math.min(value.scale(), 12), RoundingMode.HALF_UP).stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static CarboException.Invalid invalid(String field, String value, String expected) {
        return new CarboException.Invalid(new Problem("quantification.impossible", field, value, expected));
    }
}
