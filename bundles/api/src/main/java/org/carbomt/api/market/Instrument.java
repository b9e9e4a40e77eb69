package org.carbomt.api.market;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is traded: the credits of one token, against cash.
 *
 * @param tickMinor prices are multiples of it, smallest unit of the currency
 * @param currency ISO 4217
 * @param bid best price to sell at. @param ask best price to buy at. @param last price of the last trade
 */
public record Instrument(long tokenId, long tickMinor, String currency, OptionalLong bid, OptionalLong ask, OptionalLong last, Optional<Instant> lastAt, long tonnesTraded) {}
