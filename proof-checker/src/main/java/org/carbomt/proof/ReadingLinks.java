package org.carbomt.proof;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.canonical.MerkleTree;
import org.carbomt.api.emission.HourResult;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.journal.Entry;

/** From the hourly records down to the journal entries of the sensors, and up again by the rule book. */
final class ReadingLinks {
    private final String name;
    private final Fields file;
    private final BatchLinks batch;
    private final Calculators calculators;

    ReadingLinks(String name, Fields file, BatchLinks batch, Calculators calculators) {
        this.name = name;
        this.file = file;
        this.batch = batch;
        this.calculators = calculators;
    }

    void check(Links links) {
        links.check(name + ".readings", this::readings);
        links.check(name + ".recomputed", this::recomputed);
    }

    private String readings() {
        long entries = 0;
        for (var hour : batch.hourFields()) {
            var record = hour.object("record");
            var sequences = sequences(hour);
            var leaves = new ArrayList<Hash>(sequences.size());
            for (long sequence : sequences) leaves.add(MerkleTree.leaf(entry(sequence)));
            var what = "hour " + record.text("hour");
            Broken.unless(sequences.size() == record.integer("entries"), "%s was made of %d journal entries, the file has %d", what, record.integer("entries"), sequences.size());
            Broken.unless(record.integer("firstSequence") == (sequences.isEmpty() ? -1 : sequences.get(0)), "%s starts with another journal entry than %d", what, record.integer("firstSequence"));
            Broken.unless(new MerkleTree(leaves).root().equals(record.hash("readingsRoot")), "the journal entries of %s do not have its readingsRoot", what);
            entries += sequences.size();
        }
        return "the journal entries of each hour (%d in all) have the root its record names".formatted(entries);
    }

    private String recomputed() {
        var source = HourRecords.source(file.object("source"));
        int masses = 0;
        String version = "";
        for (var fields : batch.hourFields()) {
            var record = HourRecords.hour(fields.object("record"));
            Broken.unless(record.sourceId().equals(source.id()), "hour %s is of another source than %s", record.id(), source.id());
            var bookId = record.ruleBook().replaceFirst("@.*", "");
            var book = calculators.ruleBook(bookId).orElseThrow(() -> new Links.Unprovable("this program does not have the rule book " + bookId));
            version = bookId + "@" + book.version();
            var entries = new ArrayList<Entry>();
            for (long sequence : sequences(fields)) entries.add(calculators.entry(entry(sequence)));
            var input = calculators.hour(source, record.hourStart(), entries);
            compare(record, book.compute(input), version);
            masses++;
        }
        return "%d hours computed again from their readings with %s: status, mass and uncertainty are the recorded ones".formatted(masses, version);
    }

    private static void compare(HourlyRecord record, HourResult result, String version) {
        String found;
        boolean same;
        Map<String, BigDecimal> steps;
        if (result instanceof HourResult.Mass mass) {
            found = (mass.substituted() ? "SUBSTITUTED " : "MEASURED ") + mass.massShortTons().toPlainString() + " short tons";
            same = record.status() == (mass.substituted() ? HourlyRecord.Status.SUBSTITUTED : HourlyRecord.Status.MEASURED) && equal(record.massShortTons().orElse(null), mass.massShortTons())
                    && equal(record.uncertaintyPercent().orElse(null), mass.uncertaintyPercent());
            steps = mass.steps();
        } else if (result instanceof HourResult.Idle idle) {
            found = "IDLE";
            same = record.status() == HourlyRecord.Status.IDLE && record.massShortTons().orElseThrow().signum() == 0;
            steps = idle.steps();
        } else {
            var missing = (HourResult.Missing) result;
            found = "MISSING (" + missing.reason() + ")";
            same = record.status() == HourlyRecord.Status.MISSING;
            steps = missing.steps();
        }
        Broken.unless(same, "hour %s is recorded by %s as %s %s, computed again with %s it is %s", record.id(), record.ruleBook(), record.status(),
                record.massShortTons().map(m -> m.toPlainString() + " short tons").orElse(""), version, found);
        steps.forEach((step, value) -> Broken.unless(equal(record.steps().get(step), value), "hour %s: step %s is recorded as %s, computed again it is %s", record.id(), step, record.steps().get(step), value));
    }

    private static boolean equal(BigDecimal a, BigDecimal b) {
        return a == null ? b == null : b != null && a.compareTo(b) == 0;
    }

    private List<Long> sequences(Fields hour) {
        var out = new ArrayList<Long>();
        long last = -1;
        for (var item : hour.list("entries")) {
            Broken.unless(item instanceof Long n && n > last, "%s: journal sequences must rise", hour.place("entries"));
            last = (Long) item;
            out.add(last);
        }
        return out;
    }

    private byte[] entry(long sequence) {
        var text = file.object("entries").text(Long.toString(sequence));
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new Broken("journal entry " + sequence + " is not base64");
        }
    }
}
