package org.carbomt.tool.hours;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.carbomt.api.canonical.CanonicalJson;
import org.carbomt.api.device.Profile;
import org.carbomt.field.profiles.ProfileFile;

/**
 * The profile of readings that come without one: {@code time} and a column for each channel, in the units that the rules count in. It sets no physical limits; the
 * rule book has its own.
 */
final class PlainColumns {
    private static final Map<String, String> UNITS = Map.of("co2", "%", "h2o", "%", "flow", "[scf]/h", "heatInput", "[mmBtu]", "operatingTime", "h", "load", "MW", HourRun.REPORTED, "[ston_av]");
    /** EPA's measure flags, by word or number. */
    private static final String FLAGS = "{Measured: 1, Substitute: 2, Measured and Substitute: 3, Calculated: 4, LME: 5}";

    private PlainColumns() {}

    /** @param roles role to channel, of one device. @param offset of times that carry none */
    static Profile of(Map<String, String> roles, boolean wholeHour, Optional<ZoneOffset> offset) {
        var channels = new StringBuilder();
        var fields = new StringBuilder();
        roles.forEach((role, channel) -> {
            channels.append("  - {name: ").append(quoted(channel)).append(", unit: ").append(quoted(UNITS.getOrDefault(role, "1"))).append(", grade: MEASURED, min: -1.0e+300, max: 1.0e+300}\n");
            fields.append("    - {channel: ").append(quoted(channel)).append(role.equals("flag") ? ", values: " + FLAGS : "").append("}\n");
        });
        var time = offset.map(o -> "  time: {utcOffset: " + quoted(o.equals(ZoneOffset.UTC) ? "+00:00" : o.getId()) + "}\n").orElse("");
        var yaml = "id: columns\nversion: 1.0.0\ntitle: Plain columns\nmaker: CARBO MT\nwholeHour: " + wholeHour + "\nchannels:\n" + channels + "payload:\n  format: json\n  maxBytes: 67108864\n" + time + "  fields:\n" + fields;
        return ProfileFile.parse(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String text) {
        return CanonicalJson.text(text);
    }
}
