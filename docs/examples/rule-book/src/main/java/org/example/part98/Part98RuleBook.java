package org.example.part98;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.carbomt.api.emission.HourInput;
import org.carbomt.api.emission.HourResult;
import org.carbomt.api.emission.RuleBook;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * 40 CFR Part 98 subpart C, Tier 1 (98.33(a)(1)): CO2 of burned gas from its volume, a heating value and an emission factor. Pure: no clock, no I/O.
 *
 * <p>Method {@code C-1}, role {@code fuel} (scf of the hour). Parameters: {@code hhv} mmBtu/scf (default 0.001026) and {@code ef} kg CO2/mmBtu (default 53.06),
 * natural gas of table C-1; {@code uFuelPercent}, expanded uncertainty of the volume (default 5.0, the accuracy that 98.3(i) asks of a fuel meter).
 */
@Component(service = RuleBook.class)
public final class Part98RuleBook implements RuleBook {
    private static final String CLAUSE = "40 CFR 98.33(a)(1) Eq. C-1";
    private static final BigDecimal TONNES_PER_SHORT_TON = new BigDecimal("0.90718474");
    private static final Map<String, BigDecimal> PARAMETERS = Map.of("hhv", new BigDecimal("0.001026"), "ef", new BigDecimal("53.06"), "uFuelPercent", new BigDecimal("5.0"));
    private final String version;

    /** In the container: the version of the bundle. */
    @Activate
    public Part98RuleBook(BundleContext context) {
        this(context.getBundle().getVersion().toString());
    }

    Part98RuleBook(String version) {
        this.version = version;
    }

    @Override
    public String id() {
        return "part98";
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Map<String, Set<String>> methods() {
        return Map.of("C-1", Set.of("fuel"));
    }

    @Override
    public Map<String, BigDecimal> parameters() {
        return PARAMETERS;
    }

    @Override
    public HourResult compute(HourInput hour) {
        if (!methods().containsKey(hour.source().method())) throw new IllegalArgumentException("method: " + hour.source().method() + ", expected one of " + methods().keySet());
        var steps = new LinkedHashMap<String, BigDecimal>();
        var fuel = hour.channels().get("fuel");
        if (fuel == null || fuel.count() == 0) return new HourResult.Missing("no-data", CLAUSE, steps);
        if (!fuel.unit().equals("[scf]") || fuel.count() > 1) return new HourResult.Missing("out-of-range:fuel", CLAUSE, steps); // one volume of the whole hour
        var parameters = hour.source().parameters();
        var volume = BigDecimal.valueOf(fuel.mean());
        var hhv = parameters.getOrDefault("hhv", PARAMETERS.get("hhv"));
        var ef = parameters.getOrDefault("ef", PARAMETERS.get("ef"));
        steps.put("fuelScf", volume);
        if (volume.signum() == 0) return new HourResult.Idle(CLAUSE, steps);
        var tonnes = volume.multiply(hhv).multiply(ef).movePointLeft(3).setScale(6, RoundingMode.HALF_UP);
        steps.put("hhvMmbtuPerScf", hhv);
        steps.put("efKgPerMmbtu", ef);
        steps.put("co2Tonnes", tonnes);
        var shortTons = tonnes.divide(TONNES_PER_SHORT_TON, MathContext.DECIMAL128).setScale(7, RoundingMode.HALF_UP);
        return new HourResult.Mass(shortTons, CLAUSE, false, parameters.getOrDefault("uFuelPercent", PARAMETERS.get("uFuelPercent")), steps);
    }
}
