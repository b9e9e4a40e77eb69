package org.carbomt.api.verification;

import java.time.Instant;
import java.util.Map;

/**
 * What a check says of an hour.
 *
 * @param id unique
 * @param checkId e.g. {@code range}, {@code rate-of-change}, {@code weka.expected-mass}
 * @param checkVersion version of check or model
 * @param hourId the hourly record version it speaks of
 * @param severity its weight
 * @param message one sentence for a person: what, how much, against what
 * @param evidence named values, decimals as strings
 * @param at when
 * @param clearedBy verifier who cleared it, empty while open
 * @param clearedReason why
 */
public record Finding(String id, String checkId, String checkVersion, String hourId, Severity severity, String message,
        Map<String, String> evidence, Instant at, String clearedBy, String clearedReason) {
    public Finding {
        evidence = Map.copyOf(evidence);
    }
}
