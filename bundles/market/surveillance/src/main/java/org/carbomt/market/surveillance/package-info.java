/** Watches over the order book: rules see every event, what they note becomes a finding with its evidence, a person judges it. Written in docs/market.md. */
package org.carbomt.market.surveillance;
