package org.carbomt.emissions.part75;

import java.math.BigDecimal;

/** CO2 mass rates in short tons per hour, rounded to 0.1 (§75.57, Table). All arguments are checked by the caller. */
final class Co2Rate {
    /** Short tons per scf per percent CO2: App. F, Eq. F-11. Physics gives 5.711e-7 (0.2 % more); the rule stands. */
    static final BigDecimal K = new BigDecimal("5.7E-7");
    private static final BigDecimal HUNDRED = new BigDecimal(100);
    /** G-4: molecular weight of CO2, 44 lb/lb-mol, over 385 scf/lb-mol and 2,000 lb per short ton. */
    private static final BigDecimal MOLECULAR = new BigDecimal(44);
    private static final BigDecimal SCF_TIMES_POUNDS = new BigDecimal(385 * 2000);

    private Co2Rate() {}

    /** Eq. F-11: K · C · Q. @param co2Percent percent by volume, wet. @param flowScfh wet flow, scf/h */
    static BigDecimal wet(BigDecimal co2Percent, BigDecimal flowScfh) {
        return Rounding.to(K.multiply(co2Percent).multiply(flowScfh), 1);
    }

    /** Eq. F-11 with a dry analyser: K · C · Q · (100 − H)/100. @param h2oPercent moisture, percent by volume */
    static BigDecimal dry(BigDecimal co2Percent, BigDecimal flowScfh, BigDecimal h2oPercent) {
        return Rounding.to(K.multiply(co2Percent).multiply(flowScfh).multiply(HUNDRED.subtract(h2oPercent)).divide(HUNDRED), 1);
    }

    /** Eq. G-4: Fc · HI · 44/(385 · 2000). @param heatInputRate mmBtu/h. @param fc carbon-based F factor, scf CO2/mmBtu */
    static BigDecimal fromHeatInput(BigDecimal heatInputRate, BigDecimal fc) {
        return Rounding.to(fc.multiply(heatInputRate).multiply(MOLECULAR).divide(SCF_TIMES_POUNDS, Rounding.WORK), 1);
    }
}
