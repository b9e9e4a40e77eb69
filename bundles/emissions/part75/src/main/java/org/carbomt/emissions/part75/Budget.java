package org.carbomt.emissions.part75;

import java.math.BigDecimal;
import java.util.Map;

/**
 * Uncertainty of a product of independent inputs (GUM 5.1.6; IPCC approach 1): U = k · √Σu², in percent, k = 2, rounded up to 0.1. The defaults hold until a site
 * gives its own budget as parameters of the source: CO2 analyser and flow monitor 2.5 % each (a quarter of the 10 % limit of relative accuracy, App. A 3.3);
 * heat input 1.2 % (fuel flowmeter accuracy 2.0 % of the upper range value, App. D 2.1.5, as a rectangular distribution); moisture 1.0 %; Fc 0.6 %. A
 * substituted input doubles U.
 */
final class Budget {
    static final Map<String, BigDecimal> DEFAULTS = Map.of("uCo2Percent", new BigDecimal("2.5"), "uFlowPercent", new BigDecimal("2.5"), "uHeatInputPercent", new BigDecimal("1.2"),
            "uH2oPercent", new BigDecimal("1.0"), "uFcPercent", new BigDecimal("0.6"));

    private Budget() {}

    /** @param names standard uncertainties that enter, e.g. {@code uCo2Percent} */
    static BigDecimal expandedPercent(Map<String, BigDecimal> parameters, boolean substituted, String... names) {
        double sum = 0;
        for (var name : names) {
            double u = parameters.getOrDefault(name, DEFAULTS.get(name)).doubleValue();
            sum += u * u;
        }
        return BigDecimal.valueOf(2 * (substituted ? 2 : 1) * Math.sqrt(sum)).setScale(1, java.math.RoundingMode.UP);
    }
}
