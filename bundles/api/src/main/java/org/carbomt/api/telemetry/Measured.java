package org.carbomt.api.telemetry;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A part with figures. It is asked when a monitoring system asks, on that thread, so counting costs nothing in between. */
@ConsumerType
@FunctionalInterface
public interface Measured {
    /** The figures as they are now; within some milliseconds. One that throws is left out, the others are told all the same. */
    List<Metric> metrics();
}
