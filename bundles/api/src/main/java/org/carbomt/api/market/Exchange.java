package org.carbomt.api.market;

import java.util.List;
import java.util.Optional;
import org.carbomt.api.canonical.Hash;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The order book: price-time priority, every command durable in a journal before anything is answered. Calls that change something return when
 * that is so. Thread safe. The rules are written in docs/market.md.
 */
@ProviderType
public interface Exchange {
    /** Opens a book for a token, or finds it. The same token with another tick is a Conflict. @param tickMinor at least 1 */
    Instrument list(long tokenId, long tickMinor);

    List<Instrument> instruments();

    /**
     * Places an order. What it needs and the account lacks in the market is brought in from the chain first, as far as it is there. The same account and request
     * id again give the same order. An order that the book refuses (cash, credits, tick) is kept as REFUSED and thrown as a Conflict.
     */
    Order place(OrderRequest request);

    /** Takes the order out of the book. One that is no longer open is returned as it is. */
    Order cancel(String account, String orderId);

    /** Leaves at most so many tonnes open; the order keeps its place. 0 cancels. */
    Order reduce(String account, String orderId, long openTonnes);

    Optional<Order> order(String orderId);

    /** Newest first: open ones, and those of the last 262,144 requests that are done. */
    List<Order> orders(String account, boolean onlyOpen, int limit);

    Depth depth(long tokenId, int levels);

    /** Newest first, as far as memory reaches (the last 65,536 events). */
    List<Trade> trades(Optional<Long> tokenId, int limit);

    List<Position> positions(String account);

    /** Brings cash (tokenId 0) or credits that the account holds on chain into the market. */
    Position deposit(String requestId, String account, long tokenId, long amount);

    /** Takes what is free out of the market. */
    Position withdraw(String requestId, String account, long tokenId, long amount);

    /** Those that are open, then those that are done (the last 8,192); newest first. */
    List<MarketSettlement> settlements(Optional<MarketSettlement.Status> status, int limit);

    /** Events after that number, oldest first; at most limit. Memory reaches back 65,536 events: a gap shows in the numbers. */
    List<MarketEvent> events(long afterNumber, int limit);

    /** Hash of everything the market knows after that many commands; the same journal gives the same hash. */
    State state();

    /** @param sequence commands so far. @param stateHash SHA-256 of the state. @param chain head of the journal's hash chain */
    record State(long sequence, Hash stateHash, Hash chain, long openOrders, long trades, long unsettled) {}
}
