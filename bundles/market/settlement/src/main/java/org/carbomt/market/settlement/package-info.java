/** Sales at a fixed price, settled on chain in one transaction: credits against cash, or neither. */
package org.carbomt.market.settlement;
