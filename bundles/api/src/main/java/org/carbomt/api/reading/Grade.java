package org.carbomt.api.reading;

/** How far a channel may be trusted. Only {@link #MEASURED} can carry a credit. */
public enum Grade {
    /** A real measurement by an instrument fit for the purpose. */
    MEASURED,
    /** A real measurement by a low-cost sensor (MQ-135 and the like): shows a trend, proves no mass. */
    INDICATIVE,
    /** Not measured at all: made for a demonstration or a test, and marked so to every user. */
    SYNTHETIC
}
