package org.carbomt.api.market;

import java.time.Instant;

/**
 * A trade. Its price is that of the order that waited.
 *
 * @param id counts up from 1 over all tokens
 * @param taker side of the order that came
 * @param settlement number of the settlement that moves it on chain
 */
public record Trade(long id, long tokenId, long priceMinor, long tonnes, Order.Side taker, String buyOrder, String sellOrder, String buyer, String seller, long settlement, Instant at) {}
