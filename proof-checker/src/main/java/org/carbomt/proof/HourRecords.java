package org.carbomt.proof;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.carbomt.api.canonical.CanonicalJson;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.canonical.MerkleTree;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.reading.Grade;

/** Records of the file as the types of the API. */
final class HourRecords {
    private HourRecords() {}

    /** The hour of a canonical record; breaks when writing it again does not give the same bytes. */
    static HourlyRecord hour(Fields record) {
        var hour = new HourlyRecord(record.text("source"), record.instant("hour"), Math.toIntExact(record.integer("version")), HourlyRecord.Status.valueOf(record.text("status")),
                optional(record, "massShortTons"), optional(record, "uncertaintyPercent"), Grade.valueOf(record.text("grade")), record.text("ruleBook"), record.text("method"),
                record.text("clause"), record.text("reason"), record.decimals("steps"), record.hash("readingsRoot"), record.integer("firstSequence"), Math.toIntExact(record.integer("entries")),
                record.instant("recordedAt"));
        Broken.unless(Arrays.equals(CanonicalJson.bytes(hour.canonical()), CanonicalJson.bytes(record.values())), "%s is no record of form carbomt/hour/1", record.path());
        return hour;
    }

    /** Leaf over the record's bytes as they stand in the file. */
    static Hash leaf(Fields record) {
        return MerkleTree.leaf(CanonicalJson.bytes(record.values()));
    }

    static EmissionSource source(Fields source) {
        var inputs = new LinkedHashMap<String, EmissionSource.ChannelRef>();
        var given = source.object("inputs");
        for (var role : given.values().keySet()) {
            var channel = given.object((String) role);
            inputs.put((String) role, new EmissionSource.ChannelRef(channel.text("deviceId"), channel.text("channel")));
        }
        return new EmissionSource(source.text("id"), source.text("siteId"), source.text("name"), source.text("ruleBook"), source.text("method"), inputs, source.decimals("parameters"),
                source.text("operatorId"), source.has("accountingFrom") ? Optional.of(source.instant("accountingFrom")) : Optional.empty());
    }

    private static Optional<BigDecimal> optional(Fields record, String name) {
        return record.has(name) ? Optional.of(record.decimal(name)) : Optional.empty();
    }
}
