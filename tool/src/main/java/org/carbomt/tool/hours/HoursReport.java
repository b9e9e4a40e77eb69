package org.carbomt.tool.hours;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.carbomt.api.emission.ChannelHour;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.HourlyRecord.Status;
import org.carbomt.tool.hours.HourRun.Computed;
import org.carbomt.tool.output.Columns;
import org.carbomt.tool.output.Csv;
import org.carbomt.tool.output.Decimals;
import org.carbomt.tool.output.Json;

/** Writes hours for people, for spreadsheets and for programs. */
final class HoursReport {
    private static final BigDecimal GRAMS_PER_TONNE = new BigDecimal(1_000_000);
    private final List<Computed> hours;
    private final boolean compared;
    private final PrintStream out;

    /** @param compared whether reported masses stand beside the computed ones */
    HoursReport(List<Computed> hours, boolean compared, PrintStream out) {
        this.hours = hours;
        this.compared = compared;
        this.out = out;
    }

    /** The sum of hours. */
    private record Totals(Map<Status, Integer> counts, BigDecimal shortTons, long grams, int reported, int agreeing) {
        BigDecimal tonnes() {
            return new BigDecimal(grams).divide(GRAMS_PER_TONNE);
        }

        int count(Status status) {
            return counts.getOrDefault(status, 0);
        }
    }

    private Totals totals() {
        var counts = new EnumMap<Status, Integer>(Status.class);
        var tons = BigDecimal.ZERO;
        long grams = 0;
        int reported = 0;
        int agreeing = 0;
        for (var hour : hours) {
            counts.merge(hour.record().status(), 1, Integer::sum);
            tons = tons.add(hour.record().massShortTons().orElse(BigDecimal.ZERO));
            grams += hour.record().massGrams().orElse(0L);
            if (hour.reported().isPresent()) reported++;
            if (hour.reported().isPresent() && hour.agrees()) agreeing++;
        }
        return new Totals(counts, tons, grams, reported, agreeing);
    }

    void table() {
        var headers = new ArrayList<>(List.of("hour", "status", "CO2 short tons", "± % (k=2)", "grade"));
        if (compared) headers.addAll(List.of("reported", "agrees"));
        headers.add("clause, reason");
        var columns = new Columns(headers, compared ? new int[] {20, 11, 14, 9, 10, 9, 6, 0} : new int[] {20, 11, 14, 9, 10, 0});
        out.print(columns.line(headers));
        for (var hour : hours) {
            var r = hour.record();
            var cells = new ArrayList<>(List.of(r.hourStart().toString(), r.status().name(), decimal(r.massShortTons(), "-"), decimal(r.uncertaintyPercent(), "-"), r.grade().name()));
            if (compared) cells.addAll(List.of(decimal(hour.reported(), "-"), hour.reported().isEmpty() ? "-" : hour.agrees() ? "yes" : "NO"));
            cells.add(r.clause() + (r.reason().isEmpty() ? "" : ": " + r.reason()));
            out.print(columns.line(cells));
        }
        var totals = totals();
        out.println();
        out.println(hours.size() + (hours.size() == 1 ? " hour: " : " hours: ") + totals.count(Status.MEASURED) + " measured, " + totals.count(Status.SUBSTITUTED) + " substituted, " + totals.count(Status.IDLE) + " idle, " + totals.count(Status.MISSING) + " missing");
        if (totals.count(Status.MISSING) == hours.size()) out.println("no mass: every hour is missing");
        else out.println(totals.shortTons().toPlainString() + " short tons CO2 = " + totals.tonnes().setScale(3, RoundingMode.HALF_UP).toPlainString() + " t" + (totals.count(Status.MISSING) > 0 ? ", without the missing hours" : ""));
        if (compared) out.println(totals.agreeing() + " of " + totals.reported() + " reported hours agree to the last digit");
    }

    void csv() {
        var steps = new LinkedHashSet<String>();
        hours.forEach(h -> steps.addAll(h.record().steps().keySet()));
        var headers = new ArrayList<>(List.of("hour", "status", "massShortTons", "uncertaintyPercent", "grade", "ruleBook", "method", "clause", "reason"));
        if (compared) headers.addAll(List.of("reportedShortTons", "agrees"));
        steps.forEach(s -> headers.add("step." + s));
        out.print(Csv.line(headers));
        for (var hour : hours) {
            var r = hour.record();
            var cells = new ArrayList<>(List.of(r.hourStart().toString(), r.status().name(), decimal(r.massShortTons(), ""), decimal(r.uncertaintyPercent(), ""), r.grade().name(), r.ruleBook(), r.method(), r.clause(), r.reason()));
            if (compared) cells.addAll(List.of(decimal(hour.reported(), ""), hour.reported().isEmpty() ? "" : Boolean.toString(hour.agrees())));
            for (var step : steps) cells.add(r.steps().containsKey(step) ? r.steps().get(step).toPlainString() : "");
            out.print(Csv.line(cells));
        }
    }

    void json() {
        try (var json = new Json(out)) {
            json.object();
            if (!hours.isEmpty()) {
                var source = hours.get(0).input().source();
                json.text("source", source.id()).text("ruleBook", hours.get(0).record().ruleBook()).text("method", source.method()).numbers("parameters", source.parameters());
            }
            json.array("hours");
            hours.forEach(h -> hour(json, h));
            json.endArray();
            var totals = totals();
            json.object("totals").number("hours", hours.size());
            for (var status : Status.values()) json.number(status.name().toLowerCase(java.util.Locale.ROOT), totals.count(status));
            json.number("massShortTons", totals.shortTons()).number("massTonnes", totals.tonnes());
            if (compared) json.number("reported", totals.reported()).number("agreeing", totals.agreeing());
            json.endObject().endObject();
        }
    }

    private void hour(Json json, Computed hour) {
        var r = hour.record();
        json.object();
        fields(json, r);
        if (compared) json.number("reportedShortTons", hour.reported().orElse(null)).flag("agrees", hour.agrees());
        json.endObject();
    }

    private static void fields(Json json, HourlyRecord r) {
        json.text("hour", r.hourStart().toString()).text("status", r.status().name()).number("massShortTons", r.massShortTons().orElse(null)).number("uncertaintyPercent", r.uncertaintyPercent().orElse(null))
                .text("grade", r.grade().name()).text("clause", r.clause()).text("reason", r.reason()).numbers("steps", r.steps());
    }

    /** One hour, step by step, as a program reads it. */
    static void explainJson(Computed hour, PrintStream out) {
        try (var json = new Json(out)) {
            var source = hour.input().source();
            json.object().text("source", source.id()).text("ruleBook", hour.record().ruleBook()).text("method", source.method()).numbers("parameters", source.parameters());
            fields(json, hour.record());
            json.object("inputs");
            for (var role : source.inputs().keySet().stream().sorted().toList()) {
                var c = hour.input().channels().get(role);
                json.object(role).text("device", source.inputs().get(role).deviceId()).text("channel", source.inputs().get(role).channel()).number("readings", c == null ? 0 : c.count());
                if (c != null) {
                    json.number("minutes", Long.bitCount(c.minutes())).number("quarters", Integer.bitCount(c.quadrants())).flag("wholeHour", c.wholeHour());
                    json.number("mean", c.mean()).number("min", c.min()).number("max", c.max()).text("unit", c.unit()).text("grade", c.grade().name());
                }
                json.endObject();
            }
            json.endObject().endObject();
        }
    }

    /** One hour, step by step. */
    static void explain(Computed hour, PrintStream out) {
        var r = hour.record();
        var source = hour.input().source();
        out.println(r.hourStart() + "  " + source.id() + ": " + r.status() + r.massShortTons().map(m -> ", " + m.toPlainString() + " short tons CO2 (" + tonnes(r) + " t), ± " + decimal(r.uncertaintyPercent(), "") + " % (k = 2), grade " + r.grade()).orElse(": " + r.reason()));
        out.println("by " + r.ruleBook() + ", method " + r.method() + ", " + r.clause());
        out.println();
        var headers = List.of("input", "channel", "readings", "minutes", "quarters", "mean", "min", "max", "unit");
        var columns = new Columns(headers, 14, 20, 0, 0, 0, 12, 12, 12, 0);
        out.print(columns.line(headers));
        for (var role : source.inputs().keySet().stream().sorted().toList()) out.print(columns.line(cells(role, source.inputs().get(role).channel(), hour.input().channels().get(role))));
        if (!source.parameters().isEmpty()) out.println();
        source.parameters().keySet().stream().sorted().forEach(p -> out.println("parameter  " + p + " = " + source.parameters().get(p).toPlainString()));
        if (!r.steps().isEmpty()) out.println();
        r.steps().forEach((name, value) -> out.println("step  " + name + " = " + value.toPlainString()));
        hour.reported().ifPresent(reported -> out.println("\nreported  " + reported.toPlainString() + " short tons: " + (hour.agrees() ? "agrees" : "DIFFERS")));
    }

    private static List<String> cells(String role, String channel, ChannelHour c) {
        if (c == null) return List.of(role, channel, "0", "-", "-", "-", "-", "-", "-");
        return List.of(role, channel, Integer.toString(c.count()), c.wholeHour() ? "whole" : Integer.toString(Long.bitCount(c.minutes())), c.wholeHour() ? "whole" : Integer.toString(Integer.bitCount(c.quadrants())),
                Decimals.text(c.mean()), Decimals.text(c.min()), Decimals.text(c.max()), c.unit());
    }

    private static String tonnes(HourlyRecord r) {
        return new BigDecimal(r.massGrams().orElseThrow()).divide(GRAMS_PER_TONNE).toPlainString();
    }

    private static String decimal(java.util.Optional<BigDecimal> value, String otherwise) {
        return value.map(BigDecimal::toPlainString).orElse(otherwise);
    }
}
