package org.carbomt.verification.weka;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.HourlyRecord.Status;
import org.carbomt.api.reading.Grade;

/** Hours of a recorded unit as records, and ways to falsify them. */
final class EpaUnit {
    static final EmissionSource SOURCE = new EmissionSource("unit", "site", "Unit", "part75", "G-4", Map.of("load", new EmissionSource.ChannelRef("das", "load")), Map.of(), "operator", Optional.empty());
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd-yyyy");

    private EpaUnit() {}

    static List<HourlyRecord> read(InputStream in) throws IOException {
        var lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        var names = lines.get(0).replace("\"", "").split(",", -1);
        var hours = new ArrayList<HourlyRecord>();
        for (var line : lines.subList(1, lines.size())) {
            var cells = line.split(",", -1);
            var row = new HashMap<String, String>();
            for (int i = 0; i < names.length; i++) row.put(names[i], cells[i]);
            var start = LocalDate.parse(row.get("OP_DATE"), DAY).atTime(Integer.parseInt(row.get("OP_HOUR")), 0).toInstant(ZoneOffset.ofHours(-7));
            var time = new BigDecimal(row.get("OP_TIME"));
            var steps = new LinkedHashMap<String, BigDecimal>();
            steps.put("operatingTimeHours", time);
            if (time.signum() == 0) {
                hours.add(hour(start, Status.IDLE, BigDecimal.ZERO, steps));
                continue;
            }
            if (!row.get("GLOAD (MW)").isEmpty()) steps.put("loadMw", new BigDecimal(row.get("GLOAD (MW)")));
            var heat = row.getOrDefault("HEAT_INPUT (mmBtu)", "");
            if (!heat.isEmpty()) steps.put("heatInputMmbtu", new BigDecimal(heat));
            boolean measured = row.get("CO2_MASS_MEASURE_FLG").equals("Measured");
            hours.add(hour(start, measured ? Status.MEASURED : Status.SUBSTITUTED, new BigDecimal(row.get("CO2_MASS (tons)")), steps));
        }
        return hours;
    }

    static HourlyRecord hour(Instant start, Status status, BigDecimal mass, Map<String, BigDecimal> steps) {
        return new HourlyRecord("unit", start, 1, status, Optional.of(mass), Optional.of(BigDecimal.ONE), Grade.MEASURED, "part75@1", "G-4", "", "", steps, Hash.sha256(), 0, 1, start);
    }

    /** Mass and load times a share, as a falsifier would have them. */
    static HourlyRecord scaled(HourlyRecord h, double mass, double load) {
        if (h.massShortTons().isEmpty()) return h;
        var steps = new LinkedHashMap<>(h.steps());
        steps.computeIfPresent("loadMw", (name, mw) -> mw.multiply(BigDecimal.valueOf(load)));
        return hour(h.hourStart(), h.status(), h.massShortTons().get().multiply(BigDecimal.valueOf(mass)), steps);
    }

    static boolean runs(HourlyRecord h) {
        return Sample.runs(h);
    }
}
