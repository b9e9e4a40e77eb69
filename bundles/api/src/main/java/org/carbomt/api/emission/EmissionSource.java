package org.carbomt.api.emission;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A stack or unit whose emissions are accounted hour by hour.
 *
 * @param id {@code [a-z0-9-]+}, unique in the container
 * @param siteId the site
 * @param name what people call it
 * @param ruleBook id of the rule book, e.g. {@code part75}
 * @param method method within it, e.g. {@code F-11-wet}, {@code F-11-dry}, {@code G-4}
 * @param inputs role of the method (e.g. {@code co2}, {@code flow}, {@code h2o}, {@code heatInput}, {@code operatingTime}, {@code load}) to the channel that feeds it
 * @param parameters constants of the method, e.g. {@code Fc -> 1040}
 * @param operatorId organisation or person that operates it: may never verify it
 * @param accountingFrom hours before are not accounted; empty: from its first reading
 */
public record EmissionSource(String id, String siteId, String name, String ruleBook, String method, Map<String, ChannelRef> inputs,
        Map<String, BigDecimal> parameters, String operatorId, Optional<Instant> accountingFrom) {
    /** Parameter of every source, whatever its rule book: the most it can emit, short tons per operating hour. */
    public static final String MOST = "maxShortTonsPerHour";

    public EmissionSource {
        if (id == null || !id.matches("[a-z0-9][a-z0-9-]{0,62}")) throw new IllegalArgumentException("source id: " + id + ", expected lower-case letters, digits and hyphens, at most 63");
        inputs = Map.copyOf(inputs);
        parameters = Map.copyOf(parameters);
    }

    /** A channel of a device. */
    public record ChannelRef(String deviceId, String channel) {}
}
