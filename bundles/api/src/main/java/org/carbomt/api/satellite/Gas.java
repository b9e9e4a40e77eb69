package org.carbomt.api.satellite;

/** A gas seen as a column. */
public enum Gas {
    CH4(16.04),
    CO2(44.01);

    /** Dry air, g/mol. */
    private static final double AIR = 28.964;
    private static final double GRAVITY = 9.8;
    private final double molarMass;

    Gas(double molarMass) {
        this.molarMass = molarMass;
    }

    /** Mass of a column enhancement in kg/m2, of parts per billion of dry air, under a surface pressure in Pa. */
    public double kgPerSquareMetre(double ppb, double pressurePa) {
        return ppb * 1e-9 * molarMass / AIR * pressurePa / GRAVITY;
    }
}
