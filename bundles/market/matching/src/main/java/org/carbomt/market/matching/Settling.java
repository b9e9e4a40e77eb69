package org.carbomt.market.matching;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.carbomt.api.CarboException;
import org.carbomt.api.ledger.Effect;
import org.carbomt.api.ledger.EffectState;
import org.carbomt.api.ledger.Ledger;
import org.carbomt.api.market.MarketSettlement;
import org.carbomt.market.matching.engine.Engine;
import org.carbomt.market.matching.engine.EngineView;
import org.carbomt.market.matching.engine.Memory;
import org.carbomt.market.matching.journal.Commands;
import org.carbomt.market.matching.journal.Market;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves on chain what was traded. Each round: the collected trades become a batch (a command of the journal, so that a replay makes the same settlements under the
 * same keys), each settlement is asked of the ledger's outbox under its key, and what the chain has done or refused goes back into the journal. A round broken off
 * anywhere is made good by the next one.
 */
final class Settling {
    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
    private static final int AT_ONCE = 500;
    private final Market market;
    private final Engine engine;
    private final EngineView view;
    private final Memory memory;
    private final Cover cover;
    private final Supplier<Optional<Ledger>> ledger;
    private final String keyPrefix;
    private final Map<Long, String> troubles = new ConcurrentHashMap<>();
    private final Set<Integer> suspects = new HashSet<>();
    private int nextChecked;

    Settling(Market market, Engine engine, EngineView view, Memory memory, Cover cover, Supplier<Optional<Ledger>> ledger) {
        this.market = market;
        this.engine = engine;
        this.view = view;
        this.memory = memory;
        this.cover = cover;
        this.ledger = ledger;
        this.keyPrefix = "market/%016x/".formatted(market.id());
    }

    /** @return whether something is under way: the next round should come soon */
    boolean round() {
        var chain = ledger.get();
        if (chain.isEmpty()) return false;
        checkCover();
        if (market.read(view::collecting) > 0) Answer.of(market, Commands::cut);
        var due = market.read(() -> view.settlements(keyPrefix)).stream().filter(s -> s.status() == MarketSettlement.Status.SETTLING).limit(AT_ONCE).toList();
        due.forEach(s -> settle(chain.get(), s));
        return !due.isEmpty();
    }

    private void settle(Ledger chain, MarketSettlement s) {
        EffectState state;
        try {
            state = chain.request(new Effect.Settle(s.effectKey(), s.seller(), s.buyer(), s.tokenId(), s.tonnes(), s.cashMinor()));
            troubles.remove(s.number());
        } catch (CarboException e) {
            if (!e.getMessage().equals(troubles.put(s.number(), e.getMessage()))) LOG.warn("settlement {} cannot be asked of the ledger, it is tried again: {}", s.effectKey(), e.getMessage());
            return;
        }
        if (state.status() == EffectState.Status.DONE) {
            Answer.of(market, b -> Commands.settled(b, s.number()));
        } else if (state.status() == EffectState.Status.REFUSED) {
            LOG.warn("settlement {} of {} t of token {} from {} to {} was refused by the chain: {}; both have back what they gave", s.effectKey(), s.tonnes(), s.tokenId(), s.seller(), s.buyer(), state.reason());
            Answer.of(market, b -> Commands.failed(b, s.number()));
            suspects.add(market.read(() -> engine.accountIndex(s.seller())));
            suspects.add(market.read(() -> engine.accountIndex(s.buyer())));
        }
    }

    /** Those of a failed settlement, and in turn one account a round: does the chain still cover what they have in the market? */
    private void checkCover() {
        int accounts = market.read(engine::accounts);
        if (accounts == 0) return;
        var accountsNow = new HashSet<>(suspects);
        accountsNow.add(nextChecked++ % accounts);
        var underWay = new HashSet<Integer>();
        market.read(() -> view.settlements(keyPrefix)).stream().filter(s -> s.status() == MarketSettlement.Status.SETTLING).forEach(s -> List.of(s.seller(), s.buyer()).forEach(name -> underWay.add(market.read(() -> engine.accountIndex(name)))));
        for (int account : accountsNow) {
            if (underWay.contains(account)) continue;
            boolean again = false;
            for (var p : market.read(() -> view.positions(account))) {
                int asset = market.read(() -> Cover.asset(engine, p.tokenId()));
                long out = cover.check(account, asset);
                if (out > 0) LOG.warn("{} of {} is no longer on chain: {} was taken out of the market, orders that rested on it are cancelled", p.tokenId() == 0 ? "cash" : "token " + p.tokenId(), p.account(), out);
                again |= cover.isSuspect(account, asset);
            }
            if (again) {
                suspects.add(account);
            } else {
                suspects.remove(account);
            }
        }
    }

    /** Open ones, then those that are done, newest first, with what the ledger says. */
    List<MarketSettlement> list(Optional<MarketSettlement.Status> status, int limit) {
        var all = new java.util.ArrayList<>(market.read(() -> view.settlements(keyPrefix)));
        java.util.Collections.reverse(all);
        all.addAll(market.read(() -> memory.settlements(keyPrefix)));
        return all.stream().filter(s -> status.isEmpty() || s.status() == status.get()).limit(limit).map(this::withEffect).toList();
    }

    private MarketSettlement withEffect(MarketSettlement s) {
        if (s.status() == MarketSettlement.Status.COLLECTING) return s;
        var effect = ledger.get().flatMap(l -> l.find(s.effectKey()));
        var reason = effect.map(EffectState::reason).filter(r -> !r.isEmpty()).orElse(troubles.getOrDefault(s.number(), ""));
        return new MarketSettlement(s.number(), s.batch(), s.tokenId(), s.seller(), s.buyer(), s.tonnes(), s.cashMinor(), s.trades(), s.status(), s.effectKey(), effect.flatMap(EffectState::transaction), reason);
    }
}
