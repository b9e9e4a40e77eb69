package org.carbomt.spark;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapGroupsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.carbomt.api.canonical.CanonicalJson;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.HourInput;
import org.carbomt.api.journal.Entry;
import org.carbomt.api.journal.StoredEntry;
import org.carbomt.api.reading.Channel;
import org.carbomt.api.reading.Grade;
import org.carbomt.api.reading.ReadingBlock;
import org.carbomt.emissions.hours.HourAssembler;
import org.carbomt.emissions.hours.HourOutcome;
import org.carbomt.emissions.part75.Part75RuleBook;

/** The hours of one source from the Parquet export: grouped by the hour, each computed by the container's assembler and rule book. */
public final class HourJob {
    private static final long HOUR_MILLIS = 3_600_000;
    private static final Hash NO_HASH = Hash.sha256(new byte[0]);

    private HourJob() {}

    /** What a task needs, in words that can be sent to it. */
    record Task(String sourceJson, String version) implements Serializable {}

    /** @return canonical JSON of each hour that has readings, version 0 and recorded at the epoch, as the container's calculators give it */
    public static Dataset<String> hours(Dataset<Row> export, EmissionSource source, String version) {
        var devices = new TreeSet<String>();
        source.inputs().values().forEach(ref -> devices.add(ref.deviceId()));
        var task = new Task(SourceJson.write(source), version);
        long from = source.accountingFrom().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
        return export.filter(col("device").isInCollection(devices)).filter(col("time").geq(from))
                .groupByKey((MapFunction<Row, Long>) r -> Math.floorDiv(r.<Long>getAs("time"), HOUR_MILLIS) * HOUR_MILLIS, Encoders.LONG())
                .mapGroups((MapGroupsFunction<Long, Row, String>) (hour, rows) -> hour(task, hour, rows), Encoders.STRING());
    }

    private static String hour(Task task, long hour, Iterator<Row> rows) {
        var source = SourceJson.read(task.sourceJson);
        var start = Instant.ofEpochMilli(hour);
        var stored = entries(rows);
        var assembled = new HourAssembler().hours(source, start, start.plusMillis(HOUR_MILLIS), stored.stream().map(StoredEntry::entry).toList()).get(start);
        var book = new Part75RuleBook(task.version);
        var record = assembled == null ? HourOutcome.of(book, new HourInput(source, start, Map.of()), List.of()) : HourOutcome.of(book, assembled.input(), assembled.entries().stream().map(stored::get).toList());
        return new String(CanonicalJson.bytes(record.canonical()), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The rows of an hour put together again as the entries they came in, in order of sequence. */
    private static List<StoredEntry> entries(Iterator<Row> rows) {
        var bySequence = new TreeMap<Long, List<Row>>();
        while (rows.hasNext()) {
            var row = rows.next();
            bySequence.computeIfAbsent(row.getAs("sequence"), s -> new ArrayList<>()).add(row);
        }
        var entries = new ArrayList<StoredEntry>();
        bySequence.forEach((sequence, of) -> entries.add(entry(sequence, of)));
        return entries;
    }

    private static StoredEntry entry(long sequence, List<Row> rows) {
        var times = new TreeMap<Integer, Long>();
        var channels = new TreeMap<String, Channel>();
        for (var r : rows) {
            times.put(r.getAs("row"), r.getAs("time"));
            channels.put(r.getAs("channel"), new Channel(r.getAs("channel"), r.getAs("unit"), Grade.valueOf(r.getAs("grade"))));
        }
        var rowNumbers = new ArrayList<>(times.keySet());
        var names = new ArrayList<>(channels.keySet());
        var values = new double[names.size()][rowNumbers.size()];
        for (var column : values) java.util.Arrays.fill(column, Double.NaN);
        for (var r : rows) if (r.getAs("value") != null) values[names.indexOf(r.<String>getAs("channel"))][rowNumbers.indexOf(r.<Integer>getAs("row"))] = r.<Double>getAs("value");
        var first = rows.get(0);
        var block = new ReadingBlock(names.stream().map(channels::get).toList(), times.values().stream().mapToLong(Long::longValue).toArray(), values);
        var entry = new Entry(first.getAs("device"), "export", first.getAs("profile"), NO_HASH, first.getAs("whole_hour"), OptionalLong.empty(), Instant.EPOCH, new byte[0], block);
        return new StoredEntry(sequence, new byte[0], Hash.of(first.<byte[]>getAs("leaf")), entry);
    }
}
