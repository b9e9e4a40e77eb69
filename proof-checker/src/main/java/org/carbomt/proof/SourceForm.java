package org.carbomt.proof;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.carbomt.api.canonical.CanonicalJson;
import org.carbomt.api.emission.EmissionSource;

/** How an emission source stands in a proof file. */
public final class SourceForm {
    private SourceForm() {}

    public static Map<String, Object> canonical(EmissionSource source) {
        var map = new LinkedHashMap<String, Object>();
        map.put("id", source.id());
        map.put("siteId", source.siteId());
        map.put("name", source.name());
        map.put("ruleBook", source.ruleBook());
        map.put("method", source.method());
        var inputs = new LinkedHashMap<String, Object>();
        source.inputs().forEach((role, channel) -> inputs.put(role, Map.of("deviceId", channel.deviceId(), "channel", channel.channel())));
        map.put("inputs", inputs);
        map.put("parameters", decimals(source.parameters()));
        map.put("operatorId", source.operatorId());
        map.put("accountingFrom", source.accountingFrom().map(Instant::toString).orElse(null));
        return map;
    }

    /** Named decimals as text. */
    public static Map<String, Object> decimals(Map<String, BigDecimal> values) {
        var out = new LinkedHashMap<String, Object>();
        values.forEach((name, value) -> out.put(name, CanonicalJson.decimal(value)));
        return out;
    }
}
