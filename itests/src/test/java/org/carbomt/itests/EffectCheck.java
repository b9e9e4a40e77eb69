package org.carbomt.itests;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carbomt.itests.EffectBook.Asked;
import org.carbomt.itests.EffectBook.Told;

/**
 * What the clients asked for against the outbox and the chain: a key has at most one effect; what was accepted is in the outbox; what is DONE there is on
 * chain once, what is REFUSED is not; nothing happened that nobody asked for.
 *
 * @param onChain events that bear a key
 * @param unanswered asked for, and the answer never came
 */
record EffectCheck(int asked, int onChain, int unanswered, List<String> violations) {
    /** Effects that the ledger asks for itself. */
    private static final List<String> OWN = List.of("deploy/", "grant/", "approve/");

    /**
     * @param outbox status by business key
     * @param chain business keys of the events, one each; a key nobody knows in any other form
     */
    static EffectCheck of(Map<String, Asked> asked, Map<String, String> outbox, List<String> chain) {
        var violations = new ArrayList<String>();
        var times = new HashMap<String, Integer>();
        for (var key : chain) times.merge(key, 1, Integer::sum);
        times.forEach((key, n) -> {
            if (n > 1) violations.add("happened " + n + " times: " + key);
            var request = asked.get(key);
            if (request == null) violations.add("nobody asked for it: " + key);
            else if (request.told() == Told.REJECTED) violations.add("rejected, and happened: " + key);
        });
        for (var request : asked.values()) {
            if (request.told() == Told.ACCEPTED && !outbox.containsKey(request.key())) violations.add("accepted, and forgotten: " + request.key());
        }
        outbox.forEach((key, status) -> {
            if (OWN.stream().anyMatch(key::startsWith)) return;
            int n = times.getOrDefault(key, 0);
            if (!asked.containsKey(key)) violations.add("nobody asked the outbox for it: " + key);
            if (status.equals("DONE") && n == 0) violations.add("DONE in the books, not on chain: " + key);
            if (status.equals("REFUSED") && n > 0) violations.add("REFUSED in the books, on chain: " + key);
            if (!status.equals("DONE") && !status.equals("REFUSED")) violations.add("unfinished: " + key + " is " + status);
        });
        return new EffectCheck(asked.size(), chain.size(), (int) asked.values().stream().filter(a -> a.told() == Told.NOTHING).count(), violations);
    }

    void mustHold() {
        if (!violations.isEmpty()) throw new AssertionError(violations.size() + " violations; the first: " + violations.subList(0, Math.min(10, violations.size())));
    }
}
