package org.carbomt.api.market;

import java.util.Optional;

/**
 * Trades of one batch between the same seller and buyer in the same token, moved on chain as one: credits against cash, or neither.
 *
 * @param number counts up from 1. @param batch of trades that were cut together; 0 while the batch is not yet cut
 * @param trades how many
 * @param effectKey business key in the ledger
 * @param reason why it failed, empty otherwise
 */
public record MarketSettlement(long number, long batch, long tokenId, String seller, String buyer, long tonnes, long cashMinor, long trades, Status status, String effectKey, Optional<String> transaction, String reason) {
    public enum Status {
        /** Trades are still added. */
        COLLECTING,
        /** Asked of the ledger. */
        SETTLING,
        SETTLED,
        /** The contract refused: seller and buyer have back what they gave. */
        FAILED
    }
}
