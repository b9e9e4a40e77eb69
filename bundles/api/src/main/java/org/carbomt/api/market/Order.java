package org.carbomt.api.market;

import java.time.Instant;

/**
 * An order and how far it is.
 *
 * @param id {@code order-…}, follows from account and request id
 * @param priceMinor limit per tonne, smallest unit of the currency; 0 for a market order
 * @param tonnes as placed
 * @param filled tonnes traded so far
 * @param open tonnes that still wait in the book; what is neither filled nor open was cancelled
 * @param reason why it is no longer open, or was never
 * @param sequence of its command in the market's journal
 * @param at when that command was written to the journal
 */
public record Order(String id, String account, long tokenId, Side side, Type type, long priceMinor, long tonnes, long filled, long open, Status status, Reason reason, long sequence, Instant at) {
    public enum Side { BUY, SELL }

    public enum Type {
        /** Trades at its price or better; the rest waits in the book. */
        LIMIT,
        /** Trades at any price, a purchase as far as the free cash goes; the rest is cancelled. */
        MARKET,
        /** Trades at its price or better; the rest is cancelled. */
        IMMEDIATE_OR_CANCEL,
        /** All of it at its price or better, or nothing. */
        FILL_OR_KILL
    }

    public enum Status { OPEN, FILLED, CANCELLED, REFUSED }

    public enum Reason {
        /** Open, or filled. */
        NONE,
        BY_OWNER,
        /** Nobody on the other side for the rest of it. */
        UNFILLED,
        /** Fill-or-kill, and not all of it could be had. */
        NOT_WHOLE,
        /** It met an order of the same account; the newer is cancelled. */
        SELF_TRADE,
        CASH_TOO_LITTLE,
        CREDITS_TOO_FEW,
        /** Its price is no multiple of the instrument's tick. */
        OFF_TICK,
        /** Price times tonnes does not fit 63 bits. */
        OVERFLOW,
        /** The book has as many prices on that side as it may have. */
        BOOK_FULL,
        /** The account has as many open orders as it may have. */
        TOO_MANY_OPEN,
        /** What it was covered by is no longer on chain. */
        NOT_COVERED
    }
}
