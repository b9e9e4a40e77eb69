package org.carbomt.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.carbomt.api.journal.Journal;
import org.carbomt.api.journal.StoredEntry;

/**
 * The journal as Parquet: one row for each value, so that pandas, DuckDB or Spark read it without knowing us. A value that a row lacks is null and still has its row: which entries an hour
 * rests on is part of its proof.
 */
public final class JournalExport {
    /** time: UTC milliseconds. leaf: RFC 6962 leaf hash of the entry's bytes. whole_hour: the row is the value of its clock hour. */
    public static final StructType SCHEMA = new StructType().add("sequence", DataTypes.LongType, false).add("leaf", DataTypes.BinaryType, false).add("device", DataTypes.StringType, false).add("profile", DataTypes.StringType, false)
            .add("whole_hour", DataTypes.BooleanType, false).add("row", DataTypes.IntegerType, false).add("time", DataTypes.LongType, false).add("channel", DataTypes.StringType, false).add("unit", DataTypes.StringType, false)
            .add("grade", DataTypes.StringType, false).add("value", DataTypes.DoubleType, true);
    private static final int ENTRIES_AT_ONCE = 10_000;
    private static final int ROWS_A_FILE = 500_000;

    private JournalExport() {}

    /** @return how many values were written */
    public static long write(SparkSession spark, Journal journal, String folder) {
        long written = 0;
        var rows = new ArrayList<Row>();
        for (long next = 0, end = journal.nextSequence(); next < end;) {
            var entries = journal.read(next, ENTRIES_AT_ONCE);
            for (var stored : entries) add(rows, stored);
            next += entries.size();
            if (rows.size() >= ROWS_A_FILE || next == end) {
                written += rows.size();
                spark.createDataFrame(rows, SCHEMA).coalesce(1).write().mode(written == rows.size() ? SaveMode.ErrorIfExists : SaveMode.Append).parquet(folder);
                rows.clear();
            }
        }
        return written;
    }

    private static void add(List<Row> rows, StoredEntry stored) {
        var entry = stored.entry();
        var block = entry.block();
        for (int r = 0; r < block.rows(); r++) {
            for (int c = 0; c < block.channels().size(); c++) {
                var channel = block.channels().get(c);
                double value = block.values()[c][r];
                rows.add(RowFactory.create(stored.sequence(), stored.leaf().bytes(), entry.deviceId(), entry.profile(), entry.wholeHour(), r, block.timesMillis()[r], channel.name(), channel.unit(), channel.grade().name(), Double.isNaN(value) ? null : value));
            }
        }
    }
}
