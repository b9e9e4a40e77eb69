/**
 * Chapter 9, the market: a sale of credits against cash at a fixed price ({@link org.carbomt.api.market.Sales}), an order book with price-time
 * priority ({@link org.carbomt.api.market.Exchange}), and what its surveillance finds ({@link org.carbomt.api.market.MarketFindings}). Trades are
 * settled on chain, credits against cash or neither. Everything is counted in whole tonnes and the smallest unit of the currency.
 */
@Export
@Version("1.1.0")
package org.carbomt.api.market;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
