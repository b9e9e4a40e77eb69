package org.carbomt.emissions.part75;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.carbomt.api.emission.ChannelHour;
import org.carbomt.api.emission.HourInput;
import org.carbomt.api.emission.HourResult;
import org.carbomt.api.emission.RuleBook;

/**
 * 40 CFR Part 75. An hour: raw values → hourly mean → bias factor (flow only) → rounding of the input → equation → rounding → times operating time.
 *
 * <p>Methods and their roles: {@code F-11-wet} (co2 %, flow scf/h), {@code F-11-dry} (and h2o %), {@code G-4} (heatInput, mmBtu of the whole hour). Optional roles of
 * all: operatingTime (h, part of the hour with fuel; absent = 1), load (MW while running), flag (1 measured, 2 substitute, 3 both, 4 calculated, 5 low mass
 * emissions default), qaStatus (above 0 in minutes of calibration or maintenance). Parameters: Fc (default 1040, natural gas), flowBias (default 1).
 */
public final class Part75RuleBook implements RuleBook {
    private static final Map<String, Set<String>> METHODS = Map.of("F-11-wet", Set.of("co2", "flow"), "F-11-dry", Set.of("co2", "flow", "h2o"), "G-4", Set.of("heatInput"));
    private static final Map<String, BigDecimal> PARAMETERS = defaults();
    private static final String APP_F = "40 CFR 75 App. F, Eq. F-11";
    private static final String APP_G = "40 CFR 75 App. G, Eq. G-4";
    private final String version;

    /** @param version stamped on every record; the bundle's version */
    public Part75RuleBook(String version) {
        this.version = version;
    }

    private static Map<String, BigDecimal> defaults() {
        var all = new java.util.HashMap<>(Budget.DEFAULTS);
        all.put("Fc", new BigDecimal(1040));
        all.put("flowBias", BigDecimal.ONE);
        return Map.copyOf(all);
    }

    @Override
    public String id() {
        return "part75";
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Map<String, Set<String>> methods() {
        return METHODS;
    }

    @Override
    public Map<String, BigDecimal> parameters() {
        return PARAMETERS;
    }

    @Override
    public HourResult compute(HourInput hour) {
        var method = hour.source().method();
        var roles = METHODS.get(method);
        if (roles == null) throw new IllegalArgumentException("method: " + method + ", expected one of " + METHODS.keySet());
        var steps = new LinkedHashMap<String, BigDecimal>();
        var clause = method.equals("G-4") ? APP_G : APP_F;
        if (hour.channels().isEmpty()) return new HourResult.Missing("no-data", clause, steps);
        var time = operatingTime(hour, steps);
        if (time == null) return new HourResult.Missing("input-missing:operatingTime", clause, steps);
        if (time.signum() < 0 || time.compareTo(BigDecimal.ONE) > 0) return new HourResult.Missing("out-of-range:operatingTime", clause, steps);
        activity(hour, time, steps);
        if (time.signum() == 0) return new HourResult.Idle("40 CFR 75.10(d)", steps);
        for (var role : roles.stream().sorted().toList()) {
            var reason = unusable(hour, role, time);
            if (reason != null) return new HourResult.Missing(reason, reason.startsWith("too-few") ? "40 CFR 75.10(d)(1)" : clause, steps);
        }
        return method.equals("G-4") ? fromHeatInput(hour, time, steps) : fromStack(hour, time, method.equals("F-11-dry"), steps);
    }

    private static BigDecimal operatingTime(HourInput hour, Map<String, BigDecimal> steps) {
        if (!hour.source().inputs().containsKey("operatingTime")) return BigDecimal.ONE;
        var channel = hour.channels().get("operatingTime");
        if (channel == null || channel.count() == 0) return null;
        var time = mean(channel);
        steps.put("operatingTimeHours", time);
        return time;
    }

    private static void activity(HourInput hour, BigDecimal time, Map<String, BigDecimal> steps) {
        var load = hour.channels().get("load");
        if (load == null || load.count() == 0) {
            if (time.signum() == 0 && hour.source().inputs().containsKey("load")) steps.put("activityMwh", BigDecimal.ZERO);
            return;
        }
        steps.put("loadMw", mean(load));
        steps.put("activityMwh", mean(load).multiply(time).stripTrailingZeros().setScale(Math.max(0, mean(load).multiply(time).stripTrailingZeros().scale())));
    }

    /** @return why this role cannot be used, or null */
    private static String unusable(HourInput hour, String role, BigDecimal time) {
        var channel = hour.channels().get(role);
        if (channel == null || channel.count() == 0) return "input-missing:" + role;
        if (!Double.isFinite(channel.mean()) || channel.mean() < 0 || !role.equals("flow") && !role.equals("heatInput") && channel.mean() > 100) return "out-of-range:" + role;
        if (channel.wholeHour() || role.equals("heatInput")) return null;
        int operatingQuadrants = time.multiply(new BigDecimal(4)).setScale(0, java.math.RoundingMode.UP).intValueExact();
        var qa = hour.channels().get("qaStatus");
        return ValidHour.PART_75.holds(channel.minutes(), operatingQuadrants, qa != null && qa.max() > 0) ? null : "too-few-quadrants:" + role;
    }

    private static HourResult fromStack(HourInput hour, BigDecimal time, boolean dry, Map<String, BigDecimal> steps) {
        var parameters = hour.source().parameters();
        var co2 = Rounding.to(mean(hour.channels().get("co2")), 1);
        var bias = parameters.getOrDefault("flowBias", PARAMETERS.get("flowBias"));
        var flow = Rounding.toThousand(mean(hour.channels().get("flow")).multiply(bias));
        steps.put("co2Percent", co2);
        steps.put("flowBias", bias);
        steps.put("flowScfh", flow);
        BigDecimal rate;
        BigDecimal uncertainty;
        boolean substituted = substituted(hour);
        if (dry) {
            var h2o = Rounding.to(mean(hour.channels().get("h2o")), 1);
            steps.put("h2oPercent", h2o);
            rate = Co2Rate.dry(co2, flow, h2o);
            uncertainty = Budget.expandedPercent(parameters, substituted, "uCo2Percent", "uFlowPercent", "uH2oPercent");
        } else {
            rate = Co2Rate.wet(co2, flow);
            uncertainty = Budget.expandedPercent(parameters, substituted, "uCo2Percent", "uFlowPercent");
        }
        steps.put("k", Co2Rate.K);
        return mass(rate, time, dry ? APP_F + " (dry, moisture corrected)" : APP_F, substituted, uncertainty, steps);
    }

    private static HourResult fromHeatInput(HourInput hour, BigDecimal time, Map<String, BigDecimal> steps) {
        var parameters = hour.source().parameters();
        var heatInput = mean(hour.channels().get("heatInput"));
        var rate = Rounding.to(heatInput.divide(time, Rounding.WORK), 1);
        var fc = parameters.getOrDefault("Fc", PARAMETERS.get("Fc"));
        steps.put("heatInputMmbtu", heatInput);
        steps.put("heatInputRateMmbtuPerHour", rate);
        steps.put("fcScfPerMmbtu", fc);
        boolean substituted = substituted(hour);
        return mass(Co2Rate.fromHeatInput(rate, fc), time, APP_G, substituted, Budget.expandedPercent(parameters, substituted, "uHeatInputPercent", "uFcPercent"), steps);
    }

    /** The mass of the hour is the rounded rate times operating time, itself not rounded: so EPA's own files have it. */
    private static HourResult mass(BigDecimal rate, BigDecimal time, String clause, boolean substituted, BigDecimal uncertainty, Map<String, BigDecimal> steps) {
        var mass = rate.multiply(time);
        mass = mass.setScale(Math.max(1, mass.stripTrailingZeros().scale()), java.math.RoundingMode.UNNECESSARY);
        steps.put("co2RateShortTonsPerHour", rate);
        steps.put("co2MassShortTons", mass);
        return new HourResult.Mass(mass, clause, substituted, uncertainty, steps);
    }

    private static boolean substituted(HourInput hour) {
        var flag = hour.channels().get("flag");
        return flag != null && flag.count() > 0 && (flag.max() == 2 || flag.max() == 3);
    }

    private static BigDecimal mean(ChannelHour channel) {
        var value = BigDecimal.valueOf(channel.mean());
        return value.scale() < 0 || value.stripTrailingZeros().scale() <= 0 ? value.setScale(0, java.math.RoundingMode.UNNECESSARY) : value.stripTrailingZeros();
    }
}
