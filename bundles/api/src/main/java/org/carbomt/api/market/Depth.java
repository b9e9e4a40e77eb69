package org.carbomt.api.market;

import java.util.List;

/** The book of a token as of a command of the journal; best prices first. */
public record Depth(long tokenId, long sequence, List<Level> bids, List<Level> asks) {
    public Depth {
        bids = List.copyOf(bids);
        asks = List.copyOf(asks);
    }

    /** @param orders how many wait at that price */
    public record Level(long priceMinor, long tonnes, int orders) {}
}
