package org.carbomt.market.matching.engine;

/**
 * How much the market holds; part of the rules, since a replay must meet the same limits.
 *
 * @param prices at the same time on one side of a book
 * @param openOrders of one account
 * @param remembered requests that are done and still recognised
 */
public record Limits(int prices, int openOrders, int remembered) {
    /** Of rules version 1. */
    public static final Limits RULES_1 = new Limits(65_536, 10_000, 262_144);
    static final int ACCOUNTS = 1 << 24;
    static final int INSTRUMENTS = (1 << 16) - 1;
}
