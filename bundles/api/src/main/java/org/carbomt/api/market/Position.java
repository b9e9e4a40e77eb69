package org.carbomt.api.market;

import java.util.OptionalLong;

/**
 * What an account has in the market, of cash (tokenId 0, smallest unit) or of a token (tonnes).
 *
 * @param free at its disposal in the market
 * @param inOrders escrow of its open orders
 * @param outgoing traded away, not yet settled on chain
 * @param incoming traded for, not yet settled on chain: not at its disposal
 * @param onChain what the ledger says it holds; empty while the ledger is absent
 * @param available on chain and not in the market: what a deposit may bring in; empty while the ledger is absent
 */
public record Position(String account, long tokenId, long free, long inOrders, long outgoing, long incoming, OptionalLong onChain, OptionalLong available) {}
