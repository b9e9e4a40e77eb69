package org.carbomt.api.satellite;

import java.time.Instant;
import java.util.Optional;
import org.carbomt.api.canonical.Hash;

/**
 * A grid of columns of one gas. Arrays are row by row, {@code rows * columns} long, and belong to the scene: readers do not write to them.
 *
 * @param id name of its file without the ending
 * @param source hash of the bytes it was read from
 * @param time of the overpass; empty when the file does not say
 * @param ppb dry column, parts per billion; NaN where there is no data
 * @param latitude centres, degrees
 * @param longitude centres, degrees
 * @param areaSquareMetres of each pixel
 * @param eastWind at 10 m, m/s; NaN where unknown
 * @param northWind at 10 m, m/s; NaN where unknown
 */
public record Scene(String id, Hash source, Gas gas, Optional<Instant> time, int rows, int columns, double[] ppb, double[] latitude, double[] longitude,
        double[] areaSquareMetres, double[] eastWind, double[] northWind) {
    public static final int MOST_PIXELS = 1 << 18;

    public Scene {
        if (rows < 1 || columns < 1 || (long) rows * columns > MOST_PIXELS) throw new IllegalArgumentException("scene of " + rows + " x " + columns + ", expected 1 to " + MOST_PIXELS + " pixels");
        for (var array : new double[][] {ppb, latitude, longitude, areaSquareMetres, eastWind, northWind}) {
            if (array.length != rows * columns) throw new IllegalArgumentException("array of " + array.length + ", expected " + rows * columns);
        }
    }

    public int pixels() {
        return rows * columns;
    }

    /** Share of pixels with data, 0 to 1. */
    public double validShare() {
        int valid = 0;
        for (double v : ppb) if (!Double.isNaN(v)) valid++;
        return (double) valid / ppb.length;
    }

    public Position position(int pixel) {
        return new Position(latitude[pixel], longitude[pixel]);
    }
}
