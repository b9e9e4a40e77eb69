package org.carbomt.market.matching;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.ledger.Effect;
import org.carbomt.api.ledger.EffectState;
import org.carbomt.api.ledger.Ledger;

/** A ledger in memory: holdings, an outbox with business keys, and a chain that moves what was asked when it is told to. */
final class TwinLedger {
    private final Map<String, Long> holdings = new TreeMap<>();
    final Map<String, Effect.Settle> outbox = new LinkedHashMap<>();
    private final Map<String, EffectState.Status> states = new LinkedHashMap<>();
    int requests;
    /** The request with that number is taken and its answer lost: the process died. */
    int dieAtRequest = -1;
    boolean away;

    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    void hold(String account, long token, long amount) {
        holdings.merge(account + "/" + token, amount, Long::sum);
    }

    long held(String account, long token) {
        return holdings.getOrDefault(account + "/" + token, 0L);
    }

    /** What was asked for gets into a block, or is refused. */
    void mine() {
        states.replaceAll((key, state) -> {
            if (state != EffectState.Status.REQUESTED) return state;
            var s = outbox.get(key);
            if (held(s.seller(), s.tokenId()) < s.tonnes() || held(s.buyer(), 0) < s.priceMinor()) return EffectState.Status.REFUSED;
            hold(s.seller(), s.tokenId(), -s.tonnes());
            hold(s.buyer(), s.tokenId(), s.tonnes());
            hold(s.buyer(), 0, -s.priceMinor());
            hold(s.seller(), 0, s.priceMinor());
            return EffectState.Status.DONE;
        });
    }

    Optional<Ledger> service() {
        return away ? Optional.empty() : Optional.of((Ledger) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Ledger.class}, (p, m, a) -> switch (m.getName()) {
            case "credits" -> held((String) a[0], (Long) a[1]);
            case "cash" -> held((String) a[0], 0);
            case "account" -> ((String) a[0]).startsWith("nobody") ? Optional.empty() : Optional.of(new Ledger.Account((String) a[0], "holder of " + a[0], "0x00"));
            case "supply" -> new Ledger.Supply((Long) a[0] < 100 ? 1_000 : 0, 0);
            case "request" -> request((Effect.Settle) a[0]);
            case "find" -> Optional.ofNullable(states.get((String) a[0])).map(s -> state((String) a[0]));
            default -> throw new AssertionError(m.getName());
        }));
    }

    private EffectState request(Effect.Settle effect) {
        if (outbox.containsKey(effect.businessKey()) && !outbox.get(effect.businessKey()).equals(effect)) throw new CarboException.Conflict(new Problem("effect.differs", "businessKey", effect.businessKey(), "the same effect"));
        outbox.putIfAbsent(effect.businessKey(), effect);
        states.putIfAbsent(effect.businessKey(), EffectState.Status.REQUESTED);
        if (requests++ == dieAtRequest) throw new Died();
        return state(effect.businessKey());
    }

    private EffectState state(String key) {
        var status = states.get(key);
        return new EffectState(key, "settle", status, Optional.of("0x1"), Optional.empty(), status == EffectState.Status.REFUSED ? "insufficient balance" : "", Map.of(), Instant.EPOCH, Instant.EPOCH);
    }
}
