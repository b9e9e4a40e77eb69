package org.carbomt.satellite.plumes;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.carbomt.api.satellite.PlumeFinding;
import org.carbomt.api.satellite.PlumeFinding.Plume;
import org.carbomt.api.satellite.PlumeFinding.Site;
import org.carbomt.api.satellite.PlumeFinding.Verdict;
import org.carbomt.api.satellite.Position;
import org.carbomt.api.satellite.Scene;

/** Finds the strongest plume of a scene, or of a place in it. Pure; the same scene gives the same numbers. The constants were fitted on the earlier half of the scenes (docs/satellite.md). */
public final class PlumeFinder {
    public static final String METHOD = "opencv-ime/1";
    private static final double THRESHOLD_SIGMA = 3;
    private static final double LEAST_PEAK_SIGMA = 4.4;
    private static final int LEAST_PIXELS = 5;
    /** Sum of the enhancement over the noise of that many pixels. */
    private static final double LEAST_SIGNAL = 9;
    private static final double LEAST_VALID = 0.5;
    private static final int SITE_REACH = 5;
    /** A plume belongs to a place when it comes this near, in pixels. */
    private static final double SITE_PIXELS = 2.5;

    private PlumeFinder() {}

    /**
     * @param place only what comes near it counts, and without data around it there is no observation; empty: the whole scene
     * @param sites who may have made it
     */
    public static PlumeFinding look(Scene scene, Optional<Position> place, List<Site> sites) {
        int at = place.map(p -> nearest(scene, p)).orElse(-1);
        if (place.isPresent() && at < 0) return nothing(scene, "the place lies outside of the scene");
        double valid = at < 0 ? scene.validShare() : validAround(scene, at);
        if (valid < LEAST_VALID) return nothing(scene, String.format(Locale.ROOT, "%.0f %% of the pixels%s have data, at least %.0f %% are needed", 100 * valid, at < 0 ? "" : " around the place", 100 * LEAST_VALID));
        if (Double.isNaN(PlumeRate.wind(scene, null))) return nothing(scene, "no wind is known");
        var enhancement = Enhancement.of(scene);
        var smooth = Outlines.smooth(enhancement.ppb(), scene.rows(), scene.columns());
        double sigma = Enhancement.spread(smooth);
        if (!(sigma > 0 && enhancement.noise() > 0)) return nothing(scene, "too few pixels have neighbours enough to tell the background");
        double limit = PlumeRate.ofUniform(scene, LEAST_PIXELS, LEAST_PEAK_SIGMA * sigma);
        var found = candidates(scene, enhancement, smooth, sigma).stream().filter(p -> at < 0 || distance(scene, p, at) <= SITE_PIXELS).max(Comparator.comparingDouble(p -> sum(p, enhancement)));
        if (found.isEmpty()) {
            return new PlumeFinding(scene.id(), scene.source(), scene.gas(), scene.time(), Verdict.NO_PLUME, "nothing stands out" + (at < 0 ? "" : " at the place") + "; a source below the detection limit may be there", Optional.empty(), limit, 100 * scene.validShare(), METHOD);
        }
        var plume = plume(scene, found.get(), enhancement, sites);
        var reason = String.format(Locale.ROOT, "%d pixels hang together, peak of %.1f times the noise", found.get().length, peak(found.get(), smooth) / sigma);
        return new PlumeFinding(scene.id(), scene.source(), scene.gas(), scene.time(), Verdict.PLUME, reason, Optional.of(plume), limit, 100 * scene.validShare(), METHOD);
    }

    private static PlumeFinding nothing(Scene scene, String reason) {
        return new PlumeFinding(scene.id(), scene.source(), scene.gas(), scene.time(), Verdict.NO_OBSERVATION, reason, Optional.empty(), Double.NaN, 100 * scene.validShare(), METHOD);
    }

    private static List<int[]> candidates(Scene scene, Enhancement e, double[] smooth, double sigma) {
        var set = new boolean[scene.pixels()];
        var may = new boolean[scene.pixels()];
        for (int i = 0; i < set.length; i++) {
            may[i] = e.ppb()[i] > 0; // false for NaN
            set[i] = may[i] && smooth[i] > THRESHOLD_SIGMA * sigma && e.ppb()[i] > e.noise();
        }
        return Outlines.connected(set, may, scene.rows(), scene.columns()).stream()
                .filter(p -> p.length >= LEAST_PIXELS && peak(p, smooth) >= LEAST_PEAK_SIGMA * sigma && sum(p, e) >= LEAST_SIGNAL * e.noise() * Math.sqrt(p.length)).toList();
    }

    private static Plume plume(Scene scene, int[] pixels, Enhancement e, List<Site> sites) {
        var rate = PlumeRate.of(scene, pixels, e);
        var origin = scene.position(upwind(scene, pixels, e));
        double significance = sum(pixels, e) / (e.noise() * Math.sqrt(pixels.length));
        double pixelMetres = Math.sqrt(Enhancement.median(scene.areaSquareMetres()));
        return new Plume(pixels, origin, rate.massKg(), rate.lengthMetres(), rate.windSpeed(), significance, rate.kgPerHour(), rate.low(), rate.high(), Attribution.of(origin, pixelMetres, sites));
    }

    private static double peak(int[] pixels, double[] smooth) {
        return Arrays.stream(pixels).mapToDouble(i -> smooth[i]).filter(v -> !Double.isNaN(v)).max().orElse(0);
    }

    private static double sum(int[] pixels, Enhancement e) {
        return Arrays.stream(pixels).mapToDouble(i -> e.ppb()[i]).sum();
    }

    /** Of the pixels that have half of the highest enhancement, the one furthest upwind: a plume begins there, and what drifts ahead of it is faint. */
    private static int upwind(Scene scene, int[] pixels, Enhancement e) {
        double highest = Arrays.stream(pixels).mapToDouble(i -> e.ppb()[i]).max().orElse(0);
        var first = scene.position(pixels[0]);
        double east = Enhancement.median(scene.eastWind()), north = Enhancement.median(scene.northWind());
        return Arrays.stream(pixels).filter(i -> e.ppb()[i] >= highest / 2).boxed().min(Comparator.comparingDouble(i -> {
            var metres = first.metresTo(scene.position(i));
            return metres[0] * east + metres[1] * north;
        })).orElse(pixels[0]);
    }

    private static int nearest(Scene scene, Position place) {
        int best = 0;
        for (int i = 1; i < scene.pixels(); i++) if (place.distanceMetres(scene.position(i)) < place.distanceMetres(scene.position(best))) best = i;
        return place.distanceMetres(scene.position(best)) <= 1.5 * Math.sqrt(scene.areaSquareMetres()[best]) ? best : -1;
    }

    private static double validAround(Scene scene, int at) {
        int there = 0, all = 0;
        for (int r = Math.max(0, at / scene.columns() - SITE_REACH); r <= Math.min(scene.rows() - 1, at / scene.columns() + SITE_REACH); r++) {
            for (int c = Math.max(0, at % scene.columns() - SITE_REACH); c <= Math.min(scene.columns() - 1, at % scene.columns() + SITE_REACH); c++, all++) if (!Double.isNaN(scene.ppb()[r * scene.columns() + c])) there++;
        }
        return (double) there / all;
    }

    private static double distance(Scene scene, int[] pixels, int at) {
        return Arrays.stream(pixels).mapToDouble(i -> Math.hypot(i / scene.columns() - at / scene.columns(), i % scene.columns() - at % scene.columns())).min().orElse(Double.MAX_VALUE);
    }
}
