/** The exchange: an order book, its journal, and the settlement of its trades. The rules are written in docs/market.md. */
package org.carbomt.market.matching;
