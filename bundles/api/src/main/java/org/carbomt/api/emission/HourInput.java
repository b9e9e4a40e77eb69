package org.carbomt.api.emission;

import java.time.Instant;
import java.util.Map;

/**
 * What a rule book computes an hour from.
 *
 * @param hourStart start of the clock hour, UTC
 * @param channels by role of the method; a role without any reading is absent
 */
public record HourInput(EmissionSource source, Instant hourStart, Map<String, ChannelHour> channels) {
    public HourInput {
        channels = Map.copyOf(channels);
    }
}
