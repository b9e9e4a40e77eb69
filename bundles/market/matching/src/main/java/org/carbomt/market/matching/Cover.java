package org.carbomt.market.matching;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.carbomt.api.ledger.Ledger;
import org.carbomt.api.market.Position;
import org.carbomt.market.matching.engine.Engine;
import org.carbomt.market.matching.engine.EngineView;
import org.carbomt.market.matching.engine.Verdict;
import org.carbomt.market.matching.journal.Commands;
import org.carbomt.market.matching.journal.Market;

/**
 * What stands behind the market's balances: the holdings on chain. A deposit may bring in what is on chain and not yet in the market; what is no longer on
 * chain is taken out of the market.
 */
final class Cover {
    private final Market market;
    private final EngineView view;
    private final Supplier<Optional<Ledger>> ledger;
    /** One deposit or check of an account at a time: two at once could bring in the same tonne twice. */
    private final Map<Integer, Object> locks = new ConcurrentHashMap<>();
    /** What was short at the last look; acted on when it is so at the next look, too. */
    private final Map<Long, Long> shortBefore = new ConcurrentHashMap<>();

    Cover(Market market, EngineView view, Supplier<Optional<Ledger>> ledger) {
        this.market = market;
        this.view = view;
        this.ledger = ledger;
    }

    Object lock(int account) {
        return locks.computeIfAbsent(account, a -> new Object());
    }

    private Position inMarket(int account, int asset) {
        return market.read(() -> view.position(asset, account));
    }

    private static long total(Position p) {
        return p.free() + p.inOrders() + p.outgoing() + p.incoming();
    }

    /**
     * The position with what is on chain and what of it may still be brought in. A settlement that is under way may or may not have moved its tonnes already: they count as in the
     * market on both sides until it is known, so that nothing is ever counted as available twice.
     */
    Position covered(int account, int asset) {
        var before = inMarket(account, asset);
        var chain = ledger.get();
        if (chain.isEmpty()) return before;
        long onChain = onChain(chain.get(), before);
        var after = inMarket(account, asset);
        long available = Math.max(0, onChain - Math.max(total(before), total(after)));
        return new Position(after.account(), after.tokenId(), after.free(), after.inOrders(), after.outgoing(), after.incoming(), OptionalLong.of(onChain), OptionalLong.of(available));
    }

    private static long onChain(Ledger chain, Position p) {
        return p.tokenId() == 0 ? chain.cash(p.account()) : chain.credits(p.account(), p.tokenId());
    }

    /**
     * Takes out of the market what the chain no longer covers, when two looks say so. To be called while none of the account's settlements is under way.
     *
     * @return tonnes or cash taken out, 0 as a rule
     */
    long check(int account, int asset) {
        synchronized (lock(account)) {
            var chain = ledger.get();
            var p = inMarket(account, asset);
            long needed = p.free() + p.inOrders() + p.outgoing();
            if (chain.isEmpty() || needed == 0) return 0;
            long missing = needed - onChain(chain.get(), p);
            long key = (long) asset << 32 | account;
            if (missing <= 0) {
                shortBefore.remove(key);
                return 0;
            }
            var before = shortBefore.put(key, missing);
            if (before == null) return 0;
            long out = Math.min(before, missing);
            shortBefore.remove(key);
            return Answer.of(market, b -> Commands.uncover(b, account, asset, out)) == Verdict.DONE ? out : 0;
        }
    }

    /** Whether the account has something of the asset that is checked again at the next look. */
    boolean isSuspect(int account, int asset) {
        return shortBefore.containsKey((long) asset << 32 | account);
    }

    static int asset(Engine engine, long tokenId) {
        return tokenId == 0 ? Engine.CASH : engine.instrumentIndex(tokenId) + 1;
    }
}
