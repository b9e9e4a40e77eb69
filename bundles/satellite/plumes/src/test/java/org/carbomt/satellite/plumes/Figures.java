package org.carbomt.satellite.plumes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.carbomt.api.satellite.Position;
import org.carbomt.satellite.scenes.NumPyScenes;

/** The figures of docs/satellite.md: {@code Figures FOLDER} with index.csv and the scenes beside it. The constants were fitted on what is marked 'fit', judged on the rest. */
public final class Figures {
    private static final int FIT_BEFORE = 20210310;

    private Figures() {}

    record Row(String file, boolean positive, boolean fit, double lat, double lon, double rate, double uncertainty) {}

    static ArrayList<Row> index(Path folder) throws IOException {
        var rows = new ArrayList<Row>();
        int negatives = 0;
        for (var line : Files.readAllLines(folder.resolve("index.csv")).subList(1, Files.readAllLines(folder.resolve("index.csv")).size())) {
            var f = line.split(",", -1);
            boolean positive = f[1].equals("positive");
            boolean fit = positive ? Integer.parseInt(f[6]) < FIT_BEFORE : negatives++ < 6;
            rows.add(positive ? new Row(f[0], true, fit, Double.parseDouble(f[8]), Double.parseDouble(f[9]), Double.parseDouble(f[10]), Double.parseDouble(f[11])) : new Row(f[0], false, fit, 0, 0, 0, 0));
        }
        return rows;
    }

    public static void main(String[] args) throws IOException {
        var folder = Path.of(args[0]);
        for (var r : index(folder)) {
            var scene = new NumPyScenes().read(folder.resolve(r.file).getFileName().toString(), Files.readAllBytes(folder.resolve(r.file)));
            for (boolean site : r.positive ? new boolean[] {true, false} : new boolean[] {false}) {
                var source = new Position(r.lat, r.lon);
                var f = PlumeFinder.look(scene, site ? Optional.of(source) : Optional.empty(), List.of());
                var seen = f.plume().map(p -> String.format(Locale.ROOT, "%5.1f [%.1f, %.1f] t/h, %d pixels, begins %.1f km off", p.rateKgPerHour() / 1000, p.low() / 1000, p.high() / 1000, p.pixels().length, r.positive ? p.origin().distanceMetres(source) / 1000 : Double.NaN)).orElse("-");
                System.out.printf(Locale.ROOT, "%-4s %-8s %-5s %-14s published %4.0f ± %-3.0f %s limit %.1f; %s%n", r.fit ? "fit" : "test", r.positive ? "positive" : "negative", site ? "site" : "blind", f.verdict(), r.rate, r.uncertainty, seen, f.detectionLimitKgPerHour() / 1000, f.reason());
            }
        }
    }
}
