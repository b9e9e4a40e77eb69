package org.carbomt.market.matching.engine;

/** The book of one token. */
final class Book {
    final long tokenId;
    final long tick;
    final Side bids;
    final Side asks;
    long last;
    long lastTime;
    long traded;

    Book(long tokenId, long tick, Orders orders, int prices) {
        this.tokenId = tokenId;
        this.tick = tick;
        bids = new Side(orders, true, prices);
        asks = new Side(orders, false, prices);
    }

    Side side(int side) {
        return side == Codes.BUY ? bids : asks;
    }

    Side opposite(int side) {
        return side == Codes.BUY ? asks : bids;
    }
}
