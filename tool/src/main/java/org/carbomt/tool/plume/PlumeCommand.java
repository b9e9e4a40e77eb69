package org.carbomt.tool.plume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.carbomt.api.satellite.PlumeFinding;
import org.carbomt.api.satellite.PlumeFinding.Site;
import org.carbomt.api.satellite.Position;
import org.carbomt.satellite.plumes.PlumeFinder;
import org.carbomt.satellite.plumes.ScenePicture;
import org.carbomt.satellite.plumes.SiteList;
import org.carbomt.satellite.scenes.NumPyScenes;
import org.carbomt.tool.Command;
import org.carbomt.tool.Exit;
import org.carbomt.tool.Failure;
import org.carbomt.tool.Streams;
import org.carbomt.tool.output.Csv;
import org.carbomt.tool.output.Format;
import org.carbomt.tool.output.Json;
import picocli.CommandLine;

/** {@code carbomt plume}: what a scene of a satellite shows, as the container would say it. */
@CommandLine.Command(name = "plume", description = {"Looks for a plume in a scene of methane or carbon dioxide columns: verdict, rate with its interval, detection limit, who may have made it.", "",
    "SCENE is an .npz with methane or carbon_dioxide (ppb), lat, lon, lat_bounds, lon_bounds, u10, v10 and mask. Too little data is 'no observation', never 'no plume'."})
public final class PlumeCommand extends Command {
    private static final long MOST_BYTES = 64 << 20;

    @CommandLine.Parameters(paramLabel = "SCENE", description = "The scene, .npz.")
    private Path file;

    @CommandLine.Option(names = "--at", paramLabel = "LAT,LON", description = "Only a plume that comes near this place counts; degrees.")
    private String at;

    @CommandLine.Option(names = {"--sites", "--plants"}, paramLabel = "FILE", description = "CSV with latitude, longitude and id or name: who may have made it. May be given several times.")
    private List<Path> sites = List.of();

    @CommandLine.Option(names = "--picture", paramLabel = "FILE", description = "Writes the scene with the outline of the plume, PNG.")
    private Path picture;

    @CommandLine.Option(names = "--format", paramLabel = "NAME", defaultValue = "table", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format;

    public PlumeCommand(Streams io) {
        super(io);
    }

    @Override
    public Integer call() {
        var scene = new NumPyScenes().read(name(), read(file));
        var finding = PlumeFinder.look(scene, place(), known());
        if (picture != null) write(ScenePicture.png(scene, finding));
        switch (format) {
            case TABLE -> table(finding);
            case CSV -> csv(finding);
            case JSON -> json(finding);
        }
        return Exit.OK;
    }

    private String name() {
        var name = file.getFileName() == null ? "" : file.getFileName().toString();
        if (!new NumPyScenes().reads(name)) throw Failure.refused(file + ": not a kind of scene that is known; expected .npz");
        return name;
    }

    private static byte[] read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) throw Failure.refused(file + ": " + Files.size(file) + " bytes; expected at most " + MOST_BYTES);
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw Failure.unreadable(file.toString(), e);
        }
    }

    private void write(byte[] png) {
        try {
            Files.write(picture, png);
        } catch (IOException e) {
            throw Failure.unreadable(picture.toString(), e);
        }
    }

    private Optional<Position> place() {
        if (at == null) return Optional.empty();
        var parts = at.split(",", -1);
        if (parts.length != 2) throw Failure.usage("--at " + at + "; expected degrees north and east with a comma between, e.g. 25.91,70.95");
        return Optional.of(SiteList.position("--at", parts[0], parts[1]));
    }

    private List<Site> known() {
        var all = new ArrayList<Site>();
        for (var list : sites) all.addAll(SiteList.parse(list.toString(), new String(read(list), java.nio.charset.StandardCharsets.UTF_8)));
        return all;
    }

    private static String tonnes(double kg) {
        return Double.isNaN(kg) ? "-" : String.format(Locale.ROOT, "%.1f", kg / 1000);
    }

    private void table(PlumeFinding f) {
        var out = io.out();
        out.println(f.verdict().name().replace('_', ' ') + ": " + f.reason());
        out.println(f.gas() + ", " + f.time().map(Object::toString).orElse("time of the overpass unknown") + String.format(Locale.ROOT, ", %.1f %% of the pixels have data", f.validPercent()));
        f.plume().ifPresent(p -> {
            out.println("rate             " + tonnes(p.rateKgPerHour()) + " t/h, 9 of 10 between " + tonnes(p.low()) + " and " + tonnes(p.high()));
            out.println(String.format(Locale.ROOT, "begins           %.3f, %.3f; %d pixels, wind %.1f m/s", p.origin().latitude(), p.origin().longitude(), p.pixels().length, p.windSpeed()));
        });
        out.println("detection limit  " + tonnes(f.detectionLimitKgPerHour()) + (Double.isNaN(f.detectionLimitKgPerHour()) ? "" : " t/h"));
        f.plume().ifPresent(p -> p.candidates().forEach(c -> out.println(String.format(Locale.ROOT, "may be           %s, %.0f km off, score %.2f", Streams.printable(c.site().name()), c.distanceMetres() / 1000, c.score()))));
    }

    private void csv(PlumeFinding f) {
        io.out().print(Csv.line(List.of("scene", "time", "gas", "verdict", "rateKgPerHour", "low", "high", "detectionLimitKgPerHour", "latitude", "longitude", "reason")));
        var p = f.plume();
        io.out().print(Csv.line(List.of(f.sceneId(), f.time().map(Object::toString).orElse(""), f.gas().name(), f.verdict().name(), p.map(x -> "" + x.rateKgPerHour()).orElse(""), p.map(x -> "" + x.low()).orElse(""), p.map(x -> "" + x.high()).orElse(""),
                Double.isNaN(f.detectionLimitKgPerHour()) ? "" : "" + f.detectionLimitKgPerHour(), p.map(x -> "" + x.origin().latitude()).orElse(""), p.map(x -> "" + x.origin().longitude()).orElse(""), f.reason())));
    }

    private void json(PlumeFinding f) {
        try (var json = new Json(io.out())) {
            json.object().text("scene", f.sceneId()).text("sha256", f.source().hex()).text("gas", f.gas().name()).text("verdict", f.verdict().name()).text("reason", f.reason()).text("method", f.method()).number("validPercent", f.validPercent());
            f.time().ifPresent(t -> json.text("time", t.toString()));
            if (!Double.isNaN(f.detectionLimitKgPerHour())) json.number("detectionLimitKgPerHour", f.detectionLimitKgPerHour());
            f.plume().ifPresent(p -> {
                json.object("plume").number("rateKgPerHour", p.rateKgPerHour()).number("low", p.low()).number("high", p.high()).number("massKg", p.massKg()).number("windSpeed", p.windSpeed()).number("pixels", (long) p.pixels().length)
                        .number("latitude", p.origin().latitude()).number("longitude", p.origin().longitude()).array("candidates");
                for (var c : p.candidates()) json.object().text("id", c.site().id()).text("name", c.site().name()).number("distanceMetres", c.distanceMetres()).number("score", c.score()).endObject();
                json.endArray().endObject();
            });
            json.endObject();
        }
    }
}
