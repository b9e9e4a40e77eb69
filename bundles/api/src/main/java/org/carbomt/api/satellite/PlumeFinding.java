package org.carbomt.api.satellite;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.carbomt.api.canonical.Hash;

/**
 * What was seen in a scene, or why nothing could be seen.
 *
 * @param reason one sentence
 * @param plume present exactly when PLUME
 * @param detectionLimitKgPerHour what a source must emit to be found in this scene, for most pixels; NaN when NO_OBSERVATION
 * @param validPercent pixels with data
 * @param method name and version of the chain
 */
public record PlumeFinding(String sceneId, Hash source, Gas gas, Optional<Instant> time, Verdict verdict, String reason, Optional<Plume> plume,
        double detectionLimitKgPerHour, double validPercent, String method) {
    public PlumeFinding {
        if ((verdict == Verdict.PLUME) != plume.isPresent()) throw new IllegalArgumentException("plume of a " + verdict + ": " + plume.isPresent());
    }

    public enum Verdict {
        PLUME,
        /** Seen well, and nothing above the detection limit. */
        NO_PLUME,
        /** Cloud, missing pixels or no wind: nothing can be said. Never reads as 'no plume'. */
        NO_OBSERVATION
    }

    /**
     * A plume and its rate.
     *
     * @param pixels indices into the scene, rising
     * @param origin its upwind end
     * @param massKg integrated mass enhancement
     * @param lengthMetres root of its area
     * @param windSpeed at 10 m, m/s
     * @param significance sum of the enhancement over its standard deviation
     * @param rateKgPerHour best value
     * @param low 5 % of rates are below, kg/h
     * @param high 5 % of rates are above, kg/h
     * @param candidates who may have made it, the best first
     */
    public record Plume(int[] pixels, Position origin, double massKg, double lengthMetres, double windSpeed, double significance,
            double rateKgPerHour, double low, double high, List<Candidate> candidates) {
        public Plume {
            candidates = List.copyOf(candidates);
        }
    }

    /** A known place that may emit. */
    public record Site(String id, String name, Position position) {}

    /**
     * A site near the origin.
     *
     * @param distanceMetres from the origin
     * @param score 0 to 1; the scores of all candidates and of 'none of these' add up to 1
     */
    public record Candidate(Site site, double distanceMetres, double score) {}
}
