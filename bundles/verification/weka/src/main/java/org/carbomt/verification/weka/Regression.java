package org.carbomt.verification.weka;

import java.util.List;

/** Learns the rate from the features. Deterministic: the same samples give the same model. */
interface Regression {
    Model fit(List<Sample> samples);

    interface Model {
        /** @return short tons per operating hour */
        double expect(double[] features);
    }
}
