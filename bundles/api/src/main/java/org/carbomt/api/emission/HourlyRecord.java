package org.carbomt.api.emission;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.carbomt.api.canonical.CanonicalJson;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.reading.Grade;

/**
 * The emission of one source in one clock hour: one version of it. Immutable once recorded; a correction is the next version.
 *
 * @param sourceId the source
 * @param hourStart start of the hour, UTC
 * @param version 1, 2, …
 * @param status what kind of value it is
 * @param massShortTons CO2 in the hour, rule's rounding; empty exactly when MISSING
 * @param uncertaintyPercent expanded (k = 2); empty when MISSING
 * @param grade worst grade of the inputs; only MEASURED can carry a credit
 * @param ruleBook id@version of the rule book
 * @param method its method
 * @param clause the paragraph
 * @param reason why it is missing, or what caused this version; may be empty
 * @param steps named values of the computation, in order, plain decimals
 * @param readingsRoot RFC 6962 root over the journal entries it was computed from, in order of sequence
 * @param firstSequence journal sequence of the first of them, -1 if none
 * @param entries how many journal entries
 * @param recordedAt when this version was recorded
 */
public record HourlyRecord(String sourceId, Instant hourStart, int version, Status status, java.util.Optional<BigDecimal> massShortTons,
        java.util.Optional<BigDecimal> uncertaintyPercent, Grade grade, String ruleBook, String method, String clause, String reason,
        Map<String, BigDecimal> steps, Hash readingsRoot, long firstSequence, int entries, Instant recordedAt) {

    /** 1 short ton in grams, exactly: 2,000 lb of 453.59237 g. */
    public static final BigDecimal GRAMS_PER_SHORT_TON = new BigDecimal("907184.74");

    /** Kind of an hour. */
    public enum Status {
        /** From valid measurements. */
        MEASURED,
        /** At least one input is a missing-data substitute. */
        SUBSTITUTED,
        /** The unit did not run; mass 0 is measured. */
        IDLE,
        /** No valid data. Never reads as zero. */
        MISSING
    }

    public HourlyRecord {
        if ((status == Status.MISSING) == massShortTons.isPresent()) throw new IllegalArgumentException("massShortTons of a " + status + " hour: " + massShortTons);
        steps = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    }

    /** {@code sourceId/2020-03-01T05Z/2}: names this version for ever. */
    public String id() {
        return sourceId + "/" + hourStart.toString().substring(0, 13) + "Z/" + version;
    }

    /** The mass in grams, rounded half up: for sums and the ledger. Empty when MISSING. */
    public java.util.Optional<Long> massGrams() {
        return massShortTons.map(t -> t.multiply(GRAMS_PER_SHORT_TON).setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    /** What is hashed, anchored and put into proof files. Decimals are strings, times are ISO UTC. */
    public Map<String, Object> canonical() {
        var map = new LinkedHashMap<String, Object>();
        map.put("type", "carbomt/hour/1");
        map.put("source", sourceId);
        map.put("hour", hourStart.toString());
        map.put("version", version);
        map.put("status", status.name());
        map.put("massShortTons", massShortTons.map(CanonicalJson::decimal).orElse(null));
        map.put("uncertaintyPercent", uncertaintyPercent.map(CanonicalJson::decimal).orElse(null));
        map.put("grade", grade.name());
        map.put("ruleBook", ruleBook);
        map.put("method", method);
        map.put("clause", clause);
        map.put("reason", reason);
        var values = new LinkedHashMap<String, Object>();
        steps.forEach((name, value) -> values.put(name, CanonicalJson.decimal(value)));
        map.put("steps", values);
        map.put("readingsRoot", readingsRoot.hex());
        map.put("firstSequence", firstSequence);
        map.put("entries", entries);
        map.put("recordedAt", recordedAt.toString());
        return map;
    }

    /** RFC 6962 leaf hash over the canonical JSON: the leaf of the anchored tree. */
    public Hash leaf() {
        return org.carbomt.api.canonical.MerkleTree.leaf(CanonicalJson.bytes(canonical()));
    }
}
