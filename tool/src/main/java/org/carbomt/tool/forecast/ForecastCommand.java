package org.carbomt.tool.forecast;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.carbomt.forecast.Contest;
import org.carbomt.tool.Command;
import org.carbomt.tool.Exit;
import org.carbomt.tool.Failure;
import org.carbomt.tool.Streams;
import org.carbomt.tool.output.Columns;
import org.carbomt.tool.output.Csv;
import org.carbomt.tool.output.Format;
import org.carbomt.tool.output.Json;
import picocli.CommandLine;

/** {@code carbomt forecast}: what a source is expected to emit in the next 24 hours, as the container would say it. */
@CommandLine.Command(name = "forecast", description = {"Forecasts the 24 hours after the last, with a band: the method that did best on the source's own past speaks, and all are shown.", "",
    "HOURS is what 'carbomt hours --format csv' writes; - is the standard input. At least " + Contest.FEWEST_DAYS + " days are needed, the last " + Contest.MOST_DAYS + " are looked at. Missing and substituted hours are unknown, never zero."})
public final class ForecastCommand extends Command {
    @CommandLine.Parameters(paramLabel = "HOURS", description = "CSV with the columns hour, status, massShortTons.")
    private String file;

    @CommandLine.Option(names = "--format", paramLabel = "NAME", defaultValue = "table", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format;

    public ForecastCommand(Streams io) {
        super(io);
    }

    @Override
    public Integer call() {
        var hours = read();
        var values = hours.values();
        var past = Arrays.copyOfRange(values, Math.max(0, values.length - 24 * Contest.MOST_DAYS), values.length);
        var result = Contest.run(past).orElseThrow(() -> Failure.refused(file + ": " + values.length + " hours from the first known one; expected at least " + 24 * Contest.FEWEST_DAYS + " (" + Contest.FEWEST_DAYS + " days), measured or idle for the most part"));
        result.failed().forEach((method, why) -> complain(method + " is left out: " + why));
        write(hours, result);
        return Exit.OK;
    }

    private PastHours read() {
        try (var in = file.equals("-") ? io.in() : Files.newInputStream(Path.of(file)); var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return PastHours.read(file, lines);
        } catch (IOException e) {
            throw Failure.unreadable(file, e);
        }
    }

    private void write(PastHours hours, Contest.Result result) {
        switch (format) {
            case TABLE -> table(hours, result);
            case CSV -> csv(hours, result);
            case JSON -> json(hours, result);
        }
    }

    private static String text(double shortTons) {
        return String.format(Locale.ROOT, "%.1f", shortTons);
    }

    private void table(PastHours hours, Contest.Result result) {
        var headers = List.of("hour", "low 10 %", "median", "high 90 %");
        var columns = new Columns(headers, new int[] {20, 10, 10, 10});
        io.out().print(columns.line(headers));
        for (int i = 0; i < result.band().length; i++) io.out().print(columns.line(List.of(start(hours, i), text(result.band()[i][0]), text(result.band()[i][1]), text(result.band()[i][2]))));
        io.out().println();
        io.out().println("CO2, short tons in the hour, by " + result.judged().get(0).method());
        for (var j : result.judged()) {
            io.out().println(String.format(Locale.ROOT, "%-22s loss %.3f, off by %.3f, %.1f %% within the band, of %d hours", j.method(), j.pinball(), j.meanAbsoluteError(), j.withinPercent(), j.hours()));
        }
    }

    private void csv(PastHours hours, Contest.Result result) {
        io.out().print(Csv.line(List.of("hour", "low", "median", "high", "method")));
        for (int i = 0; i < result.band().length; i++) {
            var q = result.band()[i];
            io.out().print(Csv.line(List.of(start(hours, i), Double.toString(q[0]), Double.toString(q[1]), Double.toString(q[2]), result.judged().get(0).method())));
        }
    }

    private void json(PastHours hours, Contest.Result result) {
        try (var json = new Json(io.out())) {
            json.object().text("method", result.judged().get(0).method()).array("hours");
            for (int i = 0; i < result.band().length; i++) {
                var q = result.band()[i];
                json.object().text("hour", start(hours, i)).number("low", q[0]).number("median", q[1]).number("high", q[2]).endObject();
            }
            json.endArray().array("judged");
            for (var j : result.judged()) json.object().text("method", j.method()).number("hours", j.hours()).number("pinball", j.pinball()).number("meanAbsoluteError", j.meanAbsoluteError()).number("withinPercent", j.withinPercent()).endObject();
            json.endArray().endObject();
        }
    }

    private static String start(PastHours hours, int ahead) {
        return hours.first().plus(Duration.ofHours(hours.values().length + ahead)).toString();
    }
}
