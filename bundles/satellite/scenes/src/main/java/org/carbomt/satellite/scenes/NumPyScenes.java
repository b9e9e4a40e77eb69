package org.carbomt.satellite.scenes;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.satellite.Gas;
import org.carbomt.api.satellite.Position;
import org.carbomt.api.satellite.Scene;
import org.carbomt.api.satellite.SceneReader;
import org.osgi.service.component.annotations.Component;

/**
 * Scenes as .npz: {@code methane} or {@code carbon_dioxide} (ppb), {@code lat}, {@code lon}, {@code lat_bounds}, {@code lon_bounds} (4 corners),
 * {@code u10}, {@code v10} (m/s), {@code mask} (1: no data), {@code qa} (0 to 1). A name that starts with {@code yyyyMMdd_HHmmss} tells the overpass, UTC.
 */
@Component
public final class NumPyScenes implements SceneReader {
    /** Retrievals of a lower quality are no data. The scenes of published plumes keep 0.4 (float32), between TROPOMI's bad and good. */
    private static final double LEAST_QUALITY = 0.399;
    private static final Pattern TIME = Pattern.compile("([0-9]{8}_[0-9]{6})_.*");

    @Override
    public boolean reads(String fileName) {
        return fileName.endsWith(".npz");
    }

    @Override
    public Scene read(String fileName, byte[] bytes) {
        var members = NumPyArchive.unpack(fileName, bytes);
        var gas = members.containsKey("methane.npy") ? Gas.CH4 : Gas.CO2;
        var ppb = array(members, gas == Gas.CH4 ? "methane" : "carbon_dioxide");
        if (ppb.shape().length != 2) throw NumPyArray.wrong("methane", "shape " + Arrays.toString(ppb.shape()), "rows and columns");
        int[] shape = ppb.shape();
        int rows = shape[0], columns = shape[1];
        if (rows < 8 || columns < 8 || (long) rows * columns > Scene.MOST_PIXELS) throw NumPyArray.wrong("methane", rows + " x " + columns, "at least 8 x 8, at most " + Scene.MOST_PIXELS + " pixels");
        var latitude = grid(members, "lat", shape, -90, 90);
        var longitude = grid(members, "lon", shape, -180, 360);
        var area = areas(corners(members, "lat_bounds", shape), corners(members, "lon_bounds", shape));
        var values = ppb.values();
        clear(values, members.containsKey("mask.npy") ? like(members, "mask", shape) : new double[values.length], 0.5, 2);
        if (members.containsKey("qa.npy")) clear(values, like(members, "qa", shape), Double.NEGATIVE_INFINITY, LEAST_QUALITY);
        for (double v : values) if (v < 0) throw NumPyArray.wrong("methane", v + " ppb", "0 or more");
        return new Scene(fileName.substring(0, fileName.length() - 4), Hash.sha256(bytes), gas, time(fileName), rows, columns, values, latitude, longitude, area,
                like(members, "u10", shape), like(members, "v10", shape));
    }

    /** Blanks values whose flag lies in [from, below). */
    private static void clear(double[] values, double[] flags, double from, double below) {
        for (int i = 0; i < values.length; i++) if (Double.isNaN(flags[i]) || flags[i] >= from && flags[i] < below) values[i] = Double.NaN;
    }

    private static NumPyArray array(Map<String, byte[]> members, String name) {
        var bytes = members.get(name + ".npy");
        if (bytes == null) throw NumPyArray.wrong(name, "absent", "a member " + name + ".npy");
        return NumPyArray.parse(name, bytes);
    }

    private static double[] like(Map<String, byte[]> members, String name, int[] shape) {
        var array = array(members, name);
        if (!Arrays.equals(array.shape(), shape)) throw NumPyArray.wrong(name, "shape " + Arrays.toString(array.shape()), "that of the gas, " + Arrays.toString(shape));
        return array.values();
    }

    private static double[] grid(Map<String, byte[]> members, String name, int[] shape, double least, double most) {
        var values = like(members, name, shape);
        for (double v : values) if (!(v >= least && v <= most)) throw NumPyArray.wrong(name, Double.toString(v), "degrees, " + least + " to " + most);
        return values;
    }

    private static double[] corners(Map<String, byte[]> members, String name, int[] shape) {
        var wanted = new int[] {shape[0], shape[1], 4};
        return grid(members, name, wanted, name.startsWith("lat") ? -90 : -180, name.startsWith("lat") ? 90 : 360);
    }

    /** Area of each pixel in m2 from its four corners: the shoelace formula on the plane that touches at the first. */
    private static double[] areas(double[] latitude, double[] longitude) {
        var areas = new double[latitude.length / 4];
        for (int i = 0; i < areas.length; i++) {
            var first = new Position(latitude[4 * i], longitude[4 * i]);
            double twice = 0;
            for (int k = 1; k < 3; k++) {
                var a = first.metresTo(new Position(latitude[4 * i + k], longitude[4 * i + k]));
                var b = first.metresTo(new Position(latitude[4 * i + k + 1], longitude[4 * i + k + 1]));
                twice += a[0] * b[1] - a[1] * b[0];
            }
            areas[i] = Math.abs(twice) / 2;
            if (!(areas[i] >= 1 && areas[i] <= 1e10)) throw NumPyArray.wrong("lat_bounds, lon_bounds", areas[i] + " m2 of pixel " + i, "corners in order around a pixel of 1 m2 to 10,000 km2");
        }
        return areas;
    }

    private static Optional<Instant> time(String fileName) {
        var match = TIME.matcher(fileName);
        if (!match.matches()) return Optional.empty();
        try {
            return Optional.of(LocalDateTime.parse(match.group(1), DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss")).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            throw NumPyArray.wrong(fileName, match.group(1), "a time UTC, yyyyMMdd_HHmmss");
        }
    }
}
