package org.carbomt.ledger.proofs;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.Hours;
import org.carbomt.api.evidence.Cid;
import org.carbomt.api.evidence.EvidenceStore;
import org.carbomt.api.ledger.Effect;
import org.carbomt.api.ledger.EffectState;
import org.carbomt.api.ledger.Ledger;
import org.carbomt.api.verification.VerificationCase;
import org.carbomt.api.verification.Verifications;

/** The neighbours of this bundle in memory: only what it calls; anything else is an error. */
final class Twins {
    final Map<String, Effect> requested = new ConcurrentHashMap<>();
    final Map<Cid, byte[]> evidence = new ConcurrentHashMap<>();
    private final Map<String, VerificationCase> cases = new HashMap<>();
    private final Map<String, HourlyRecord> hours = new HashMap<>();
    volatile boolean ledgerFails;
    volatile boolean evidenceFails;

    void put(VerificationCase verified, List<HourlyRecord> records) {
        cases.put(verified.id(), verified);
        records.forEach(hour -> hours.put(hour.id(), hour));
    }

    Verifications verifications() {
        return twin(Verifications.class, (proxy, method, args) -> switch (method.getName()) {
            case "find" -> Optional.ofNullable(cases.get(args[0]));
            case "findings" -> List.of();
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    Hours hours() {
        return twin(Hours.class, (proxy, method, args) -> {
            if (method.getName().equals("byId")) return Optional.ofNullable(hours.get(args[0]));
            throw new UnsupportedOperationException(method.getName());
        });
    }

    EvidenceStore evidence() {
        return twin(EvidenceStore.class, (proxy, method, args) -> {
            if (!method.getName().equals("put")) throw new UnsupportedOperationException(method.getName());
            if (evidenceFails) throw new CarboException.Unavailable(new Problem("evidence.disk", "", "", ""));
            var cid = Cid.ofContent((byte[]) args[0]);
            evidence.put(cid, (byte[]) args[0]);
            return cid;
        });
    }

    Ledger ledger() {
        return twin(Ledger.class, (proxy, method, args) -> switch (method.getName()) {
            case "request" -> request((Effect) args[0]);
            case "find" -> Optional.ofNullable(requested.get(args[0])).map(Twins::state);
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private EffectState request(Effect effect) {
        if (ledgerFails) throw new CarboException.Unavailable(new Problem("ledger.down", "", "", ""));
        var former = requested.putIfAbsent(effect.businessKey(), effect);
        if (former != null && !former.equals(effect)) throw new CarboException.Conflict(new Problem("effect.differs", "businessKey", effect.businessKey(), "the same content"));
        return state(effect);
    }

    private static EffectState state(Effect effect) {
        return new EffectState(effect.businessKey(), "anchor", EffectState.Status.REQUESTED, Optional.empty(), Optional.empty(), "", Map.of(), java.time.Instant.EPOCH, java.time.Instant.EPOCH);
    }

    static <T> T twin(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Twins.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
