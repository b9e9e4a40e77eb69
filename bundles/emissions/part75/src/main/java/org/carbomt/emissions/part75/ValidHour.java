package org.carbomt.emissions.part75;

/**
 * Whether a channel has enough values in an hour: §75.10(d). As data, because authorities differ (Minnesota, Maine, Part 60 have others).
 *
 * @param everyQuadrant quadrants that must have a value, of those in which fuel burned
 * @param exceptionGapMinutes least distance of two values that suffice when calibration or maintenance took the others
 */
record ValidHour(int everyQuadrant, int exceptionGapMinutes) {
    static final ValidHour PART_75 = new ValidHour(4, 15);

    /**
     * @param minutes bit m set when minute m has a value
     * @param operatingQuadrants 1 to 4 quadrants in which fuel burned
     * @param qualityAssurance true when calibration, quality assurance, maintenance or backup made values unavailable
     */
    boolean holds(long minutes, int operatingQuadrants, boolean qualityAssurance) {
        int quadrants = 0;
        for (int q = 0; q < 4; q++) if ((minutes >>> 15 * q & 0x7fff) != 0) quadrants++;
        if (quadrants >= Math.min(everyQuadrant, operatingQuadrants)) return true;
        if (!qualityAssurance) return false;
        if (operatingQuadrants == 1) return minutes != 0;
        return minutes != 0 && 63 - Long.numberOfLeadingZeros(minutes) - Long.numberOfTrailingZeros(minutes) >= exceptionGapMinutes;
    }
}
