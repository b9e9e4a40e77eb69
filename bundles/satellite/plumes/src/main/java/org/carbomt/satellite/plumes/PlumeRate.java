package org.carbomt.satellite.plumes;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.carbomt.api.satellite.Scene;

/**
 * The rate of a plume by integrated mass enhancement (Varon and others, Atmos. Meas. Tech. 11, 2018): Q = Ueff · IME / L, with L = √area and Ueff = {@link #EFFECTIVE} · U10.
 * The interval is that of wind, noise and the scatter of the method. The same scene gives the same numbers.
 *
 * @param kgPerHour best value
 * @param low 5 % are below
 * @param high 5 % are above
 */
record PlumeRate(double massKg, double lengthMetres, double windSpeed, double kgPerHour, double low, double high) {
    /** Fitted to the published rates of scenes before 10 March 2021 (docs/satellite.md). */
    static final double EFFECTIVE = 0.81;
    /** Scatter of the published rates about ours on the fitted scenes, of the rate. */
    private static final double METHOD_SIGMA = 0.3;
    /** At sea level: scenes do not tell their pressure. 1,000 m of height make the rate 11 % too high. */
    private static final double SURFACE_PASCAL = 101_325;
    private static final int DRAWS = 2_000;

    static PlumeRate of(Scene scene, int[] pixels, Enhancement e) {
        double area = Arrays.stream(pixels).mapToDouble(i -> scene.areaSquareMetres()[i]).sum();
        double mass = Arrays.stream(pixels).mapToDouble(i -> scene.gas().kgPerSquareMetre(e.ppb()[i], SURFACE_PASCAL) * scene.areaSquareMetres()[i]).sum();
        double massSigma = scene.gas().kgPerSquareMetre(e.noise(), SURFACE_PASCAL) * area / Math.sqrt(pixels.length);
        double wind = wind(scene, pixels);
        double windSigma = wind <= 3 ? wind / 2 : 1.5;
        var random = new SplittableRandom(ByteBuffer.wrap(scene.source().bytes()).getLong());
        var draws = new double[DRAWS];
        for (int d = 0; d < DRAWS; d++) {
            double u = Math.max(0.1, wind + windSigma * random.nextGaussian());
            double m = Math.max(0, mass + massSigma * random.nextGaussian());
            draws[d] = kgPerHour(u, m, area) * Math.exp(METHOD_SIGMA * random.nextGaussian());
        }
        Arrays.sort(draws);
        return new PlumeRate(mass, Math.sqrt(area), wind, kgPerHour(wind, mass, area), draws[DRAWS / 20], draws[DRAWS - DRAWS / 20 - 1]);
    }

    /** The rate of a plume of so many pixels of the given mean enhancement, under the scene's mean wind. */
    static double ofUniform(Scene scene, int pixels, double ppb) {
        double area = Enhancement.median(scene.areaSquareMetres()) * pixels;
        return kgPerHour(wind(scene, null), scene.gas().kgPerSquareMetre(ppb, SURFACE_PASCAL) * area, area);
    }

    private static double kgPerHour(double wind, double mass, double area) {
        return EFFECTIVE * wind * mass / Math.sqrt(area) * 3600;
    }

    /** Speed of the mean wind over the pixels (all when null) that know it, m/s; NaN when none does. */
    static double wind(Scene scene, int[] pixels) {
        double east = 0, north = 0;
        int n = 0;
        for (int k = 0; k < (pixels == null ? scene.pixels() : pixels.length); k++) {
            int i = pixels == null ? k : pixels[k];
            if (Double.isNaN(scene.eastWind()[i] + scene.northWind()[i])) continue;
            east += scene.eastWind()[i];
            north += scene.northWind()[i];
            n++;
        }
        return n == 0 ? pixels == null ? Double.NaN : wind(scene, null) : Math.hypot(east, north) / n;
    }
}
