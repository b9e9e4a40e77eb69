package org.carbomt.tool.decode;

import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.carbomt.api.Problem;
import org.carbomt.api.device.Profile;
import org.carbomt.api.reading.Channel;
import org.carbomt.api.reading.ReadingBlock;
import org.carbomt.tool.output.Columns;
import org.carbomt.tool.output.Csv;
import org.carbomt.tool.output.Decimals;
import org.carbomt.tool.output.Format;
import org.carbomt.tool.output.Json;

/** Writes what payloads were decoded to. */
interface Readings extends AutoCloseable {
    void decoded(String payload, ReadingBlock block);

    void refused(String payload, Problem problem);

    @Override
    void close();

    static Readings writer(Format format, Profile profile, PrintStream out) {
        return format == Format.JSON ? new AsJson(profile, out) : new AsRows(profile, out, format == Format.CSV);
    }

    /** A line for every reading, a column for every channel of the profile. */
    final class AsRows implements Readings {
        private final List<String> channels;
        private final List<String> headers;
        private final Columns columns;
        private final PrintStream out;
        private final boolean csv;
        private boolean started;

        AsRows(Profile profile, PrintStream out, boolean csv) {
            this.channels = profile.channels().stream().map(Channel::name).toList();
            this.headers = new ArrayList<>(List.of("time"));
            // CSV headers are bare names, so that 'hours' and the container read them.
            profile.channels().forEach(c -> headers.add(csv ? c.name() : c.name() + " " + c.unit()));
            var least = new int[headers.size()];
            Arrays.fill(least, 8);
            least[0] = 24;
            this.columns = new Columns(headers, least);
            this.out = out;
            this.csv = csv;
        }

        @Override
        public void decoded(String payload, ReadingBlock block) {
            start();
            var values = channels.stream().map(c -> block.has(c) ? block.column(c) : null).toList();
            for (int row = 0; row < block.rows(); row++) {
                var cells = new ArrayList<String>(headers.size());
                cells.add(Instant.ofEpochMilli(block.timesMillis()[row]).toString());
                for (var column : values) cells.add(column == null || Double.isNaN(column[row]) ? csv ? "" : "-" : Decimals.text(column[row]));
                line(cells);
            }
        }

        private void start() {
            if (!started) line(headers);
            started = true;
        }

        private void line(List<String> cells) {
            out.print(csv ? Csv.line(cells) : columns.line(cells));
        }

        @Override
        public void refused(String payload, Problem problem) {}

        @Override
        public void close() {
            if (csv) start();
        }
    }

    /** An object for every payload, one a line. */
    final class AsJson implements Readings {
        private final Profile profile;
        private final Json json;

        AsJson(Profile profile, PrintStream out) {
            this.profile = profile;
            this.json = new Json(out);
        }

        private Json begin(String payload) {
            return json.object().text("payload", payload).text("profile", profile.id() + "@" + profile.version());
        }

        @Override
        public void decoded(String payload, ReadingBlock block) {
            begin(payload).object("units");
            block.channels().forEach(c -> json.text(c.name(), c.unit()));
            json.endObject().object("grades");
            block.channels().forEach(c -> json.text(c.name(), c.grade().name()));
            json.endObject().array("readings");
            for (int row = 0; row < block.rows(); row++) {
                json.object().text("time", Instant.ofEpochMilli(block.timesMillis()[row]).toString());
                for (int c = 0; c < block.channels().size(); c++) json.number(block.channels().get(c).name(), block.values()[c][row]);
                json.endObject();
            }
            json.endArray().endObject();
        }

        @Override
        public void refused(String payload, Problem problem) {
            begin(payload).problem("refused", problem).endObject();
        }

        @Override
        public void close() {
            json.close();
        }
    }
}
