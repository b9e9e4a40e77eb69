package org.carbomt.api.satellite;

/** Degrees north and east, WGS 84. */
public record Position(double latitude, double longitude) {
    /** Mean radius of the earth, metres. */
    public static final double EARTH_METRES = 6_371_008.8;

    public Position {
        if (!(latitude >= -90 && latitude <= 90)) throw new IllegalArgumentException("latitude: " + latitude + ", expected -90 to 90");
        if (!(longitude >= -180 && longitude <= 360)) throw new IllegalArgumentException("longitude: " + longitude + ", expected -180 to 360");
    }

    /** Metres east and north from here to there, on the plane that touches here: for the width of a scene (error below 1 % over 200 km). */
    public double[] metresTo(Position there) {
        double east = Math.IEEEremainder(there.longitude - longitude, 360);
        double middle = Math.toRadians((latitude + there.latitude) / 2);
        return new double[] {Math.toRadians(east) * Math.cos(middle) * EARTH_METRES, Math.toRadians(there.latitude - latitude) * EARTH_METRES};
    }

    public double distanceMetres(Position there) {
        var metres = metresTo(there);
        return Math.hypot(metres[0], metres[1]);
    }
}
