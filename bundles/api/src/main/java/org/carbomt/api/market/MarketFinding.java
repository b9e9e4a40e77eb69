package org.carbomt.api.market;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carbomt.api.verification.Severity;

/**
 * What surveillance says of orders and trades; a person judges it.
 *
 * @param id follows from rule and orders: found twice is one finding
 * @param rule e.g. {@code wash-trade}. @param ruleVersion its version
 * @param message one sentence for a person: what, how much, against what
 * @param accounts whose orders they are. @param orders ids of the orders it rests on
 * @param evidence named values, numbers as text
 * @param clearedBy who judged it, empty while open. @param clearedReason why it is well, or what was done
 */
public record MarketFinding(String id, String rule, String ruleVersion, Severity severity, long tokenId, String message, List<String> accounts, List<String> orders, Map<String, String> evidence, Instant at,
        Optional<String> clearedBy, String clearedReason) {
    public MarketFinding {
        accounts = List.copyOf(accounts);
        orders = List.copyOf(orders);
        evidence = Map.copyOf(evidence);
    }
}
