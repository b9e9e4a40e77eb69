package org.carbomt.api.emission;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** A regulation as a plug-in (whiteboard service). Pure: no clock, no I/O, same input same result. */
@ConsumerType
public interface RuleBook {
    /** E.g. {@code part75}. */
    String id();

    /** Version of these rules, stamped on every record; the bundle's version. */
    String version();

    /** Methods by name, each with the roles of input it needs. */
    Map<String, Set<String>> methods();

    /** Parameters by name, each with its default; a source with another one is refused. */
    Map<String, BigDecimal> parameters();

    /** Computes one hour. Throws IllegalArgumentException only for a method it does not know. */
    HourResult compute(HourInput hour);
}
