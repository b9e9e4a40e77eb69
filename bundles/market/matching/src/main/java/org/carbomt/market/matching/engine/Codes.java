package org.carbomt.market.matching.engine;

import java.util.List;
import org.carbomt.api.market.Order;

/** Numbers that stand in the journal and in the state for words of the API. They never change; new ones are added at the end. */
public final class Codes {
    public static final int BUY = 0;
    public static final int SELL = 1;
    public static final List<Order.Side> SIDES = List.of(Order.Side.BUY, Order.Side.SELL);

    public static final int LIMIT = 0;
    public static final int MARKET = 1;
    public static final int IMMEDIATE_OR_CANCEL = 2;
    public static final int FILL_OR_KILL = 3;
    public static final List<Order.Type> TYPES = List.of(Order.Type.LIMIT, Order.Type.MARKET, Order.Type.IMMEDIATE_OR_CANCEL, Order.Type.FILL_OR_KILL);
    /** Requests that are no orders. */
    public static final int DEPOSIT = 4;
    public static final int WITHDRAWAL = 5;

    static final int OPEN = 0;
    static final int FILLED = 1;
    static final int CANCELLED = 2;
    static final int REFUSED = 3;
    public static final List<Order.Status> STATUSES = List.of(Order.Status.OPEN, Order.Status.FILLED, Order.Status.CANCELLED, Order.Status.REFUSED);

    static final int NONE = 0;
    public static final int BY_OWNER = 1;
    static final int UNFILLED = 2;
    static final int NOT_WHOLE = 3;
    static final int SELF_TRADE = 4;
    static final int CASH_TOO_LITTLE = 5;
    static final int CREDITS_TOO_FEW = 6;
    static final int OFF_TICK = 7;
    static final int OVERFLOW = 8;
    static final int BOOK_FULL = 9;
    static final int TOO_MANY_OPEN = 10;
    static final int NOT_COVERED = 11;
    public static final List<Order.Reason> REASONS = List.of(Order.Reason.NONE, Order.Reason.BY_OWNER, Order.Reason.UNFILLED, Order.Reason.NOT_WHOLE, Order.Reason.SELF_TRADE, Order.Reason.CASH_TOO_LITTLE,
            Order.Reason.CREDITS_TOO_FEW, Order.Reason.OFF_TICK, Order.Reason.OVERFLOW, Order.Reason.BOOK_FULL, Order.Reason.TOO_MANY_OPEN, Order.Reason.NOT_COVERED);

    private Codes() {}
}
