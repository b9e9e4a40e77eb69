package org.carbomt.api.market;

import java.time.Instant;
import java.util.Optional;

/**
 * What the market did, for those who watch over it. Names orders and accounts: not for the public.
 *
 * @param number counts up from 1 without gaps
 * @param kind what happened
 * @param order after it happened
 * @param counterparty order on the other side of a trade that waited; empty else
 * @param tonnes traded, placed, or taken out of the book
 * @param priceMinor of the trade, or the order's
 * @param bid best bid then (PLACED: before the order acts), 0 if none. @param ask best ask, likewise
 */
public record MarketEvent(long number, Kind kind, Order order, Optional<Order> counterparty, long tonnes, long priceMinor, long bid, long ask, Instant at) {
    public enum Kind {
        /** The order came; what becomes of it follows. */
        PLACED,
        /** The order traded with the counterparty's. */
        TRADED,
        /** Taken out of the book by its owner, or what an order that does not wait left over. */
        CANCELLED,
        /** It would have traded with its own account. */
        SELF_TRADE_PREVENTED,
        REFUSED,
        /** Made smaller by its owner. */
        REDUCED
    }
}
