package org.carbomt.verification.weka;

import java.util.List;

/** Learns the rate from the features. Deterministic: the same samples give the same model. */
interface Regression {
    /** Names the way of learning and all its settings: part of the version of what is learned. */
    String name();

    /** @param reference a high rate of the source, short tons per hour */
    Model fit(List<Sample> samples, double reference);

    interface Model {
        /** @return short tons per operating hour */
        double expect(double[] features);
    }
}
