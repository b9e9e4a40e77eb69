package org.carbomt.satellite.plumes;

import java.util.Comparator;
import java.util.List;
import org.carbomt.api.satellite.PlumeFinding.Candidate;
import org.carbomt.api.satellite.PlumeFinding.Site;
import org.carbomt.api.satellite.Position;

/**
 * Who may have made a plume. A site's weight is a normal density of its distance from the upwind end; 'none of these' weighs as much as a site two deviations away. The scores are shares of the
 * weights, not probabilities that were checked: a list of sites never holds all that emit.
 */
final class Attribution {
    /** The upwind end is known to about this many pixels. */
    private static final double ORIGIN_PIXELS = 2;
    private static final double MOST_DEVIATIONS = 4;
    private static final int MOST = 10;

    private Attribution() {}

    static List<Candidate> of(Position origin, double pixelMetres, List<Site> sites) {
        double sigma = ORIGIN_PIXELS * pixelMetres;
        var near = sites.stream().filter(s -> origin.distanceMetres(s.position()) <= MOST_DEVIATIONS * sigma).toList();
        double sum = weight(2) + near.stream().mapToDouble(s -> weight(origin.distanceMetres(s.position()) / sigma)).sum();
        return near.stream().map(s -> new Candidate(s, origin.distanceMetres(s.position()), weight(origin.distanceMetres(s.position()) / sigma) / sum))
                .sorted(Comparator.comparingDouble(Candidate::score).reversed().thenComparing(c -> c.site().id())).limit(MOST).toList();
    }

    private static double weight(double deviations) {
        return Math.exp(-0.5 * deviations * deviations);
    }
}
