package org.carbomt.api.event;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened, for people who watch.
 *
 * @param topic {@code reading}, {@code hour}, {@code finding}, {@code case}, {@code batch}, {@code effect}, {@code credit}, {@code sale}, {@code market}, {@code device}, {@code quarantine}
 * @param subject id of the thing
 * @param values small, JSON-ready: strings, numbers, booleans
 */
public record LiveEvent(String topic, String subject, Instant at, Map<String, Object> values) {}
