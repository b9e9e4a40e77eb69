package org.carbomt.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.carbomt.api.emission.EmissionSource;

/** A source as the REST API gives it ({@code GET /sources/{id}}). */
final class SourceJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SourceJson() {}

    static EmissionSource read(String text) {
        try {
            return of(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("source: " + e.getOriginalMessage(), e);
        }
    }

    static EmissionSource of(JsonNode n) {
        for (var field : new String[] {"id", "ruleBook", "method", "inputs"}) if (!n.hasNonNull(field)) throw new IllegalArgumentException("source " + n.path("id").asText() + ": " + field + " is missing");
        if (!n.get("ruleBook").asText().equals("part75")) throw new IllegalArgumentException("source " + n.get("id").asText() + ": ruleBook = " + n.get("ruleBook").asText() + ", expected part75");
        var inputs = new HashMap<String, EmissionSource.ChannelRef>();
        n.get("inputs").fields().forEachRemaining(f -> inputs.put(f.getKey(), new EmissionSource.ChannelRef(f.getValue().get("deviceId").asText(), f.getValue().get("channel").asText())));
        var parameters = new HashMap<String, BigDecimal>();
        n.path("parameters").fields().forEachRemaining(f -> parameters.put(f.getKey(), new BigDecimal(f.getValue().asText())));
        return new EmissionSource(n.get("id").asText(), n.path("siteId").asText("site"), n.path("name").asText(), "part75", n.get("method").asText(), inputs, parameters, n.path("operatorId").asText("operator"),
                Optional.ofNullable(n.get("accountingFrom")).filter(a -> !a.isNull()).map(a -> Instant.parse(a.asText())));
    }

    static String write(EmissionSource s) {
        var map = new LinkedHashMap<String, Object>();
        map.put("id", s.id());
        map.put("siteId", s.siteId());
        map.put("name", s.name());
        map.put("ruleBook", s.ruleBook());
        map.put("method", s.method());
        map.put("inputs", s.inputs());
        var parameters = new LinkedHashMap<String, String>();
        s.parameters().forEach((k, v) -> parameters.put(k, v.toPlainString()));
        map.put("parameters", parameters);
        map.put("operatorId", s.operatorId());
        map.put("accountingFrom", s.accountingFrom().map(Instant::toString).orElse(null));
        try {
            return JSON.writeValueAsString(map);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
