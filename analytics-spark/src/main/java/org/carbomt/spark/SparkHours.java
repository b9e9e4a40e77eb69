package org.carbomt.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.carbomt.field.journal.SegmentedJournal;

/** {@code export JOURNAL PARQUET}: a copy of the journal (a backup's folder data/journal) as Parquet. {@code hours PARQUET SOURCES.json OUT}: the hours of the sources as JSON lines. */
public final class SparkHours {
    private static final String USAGE = "usage: export JOURNAL PARQUET | hours PARQUET SOURCES.json OUT [RULE-BOOK-VERSION]";

    private SparkHours() {}

    public static SparkSession session() {
        return SparkSession.builder().appName("carbomt-hours").master(System.getProperty("spark.master", "local[*]")).config("spark.ui.enabled", "false").config("spark.sql.session.timeZone", "UTC").config("spark.sql.shuffle.partitions", "8").getOrCreate();
    }

    public static void main(String[] args) throws Exception {
        if (args.length == 3 && args[0].equals("export")) {
            if (!Files.isDirectory(Path.of(args[1]))) fail("JOURNAL = " + args[1] + ", expected a folder with *.journal files");
            try (var spark = session(); var journal = new SegmentedJournal(Path.of(args[1]), 16L << 20, 1L << 20)) {
                System.out.println(JournalExport.write(spark, journal, args[2]) + " values of " + journal.nextSequence() + " entries in " + args[2]);
            }
        } else if ((args.length == 4 || args.length == 5) && args[0].equals("hours")) {
            var sources = new ObjectMapper().readTree(Path.of(args[2]).toFile());
            var list = sources.has("items") ? sources.get("items") : sources;
            try (var spark = session()) {
                var export = spark.read().schema(JournalExport.SCHEMA).parquet(args[1]);
                for (var source : list) HourJob.hours(export, SourceJson.of(source), args.length == 5 ? args[4] : "0.1.0").write().mode(SaveMode.Append).text(args[3]);
            }
            System.out.println("hours of " + list.size() + " sources in " + args[3]);
        } else {
            fail(USAGE);
        }
    }

    private static void fail(String what) {
        System.err.println(what);
        System.exit(2);
    }
}
