/** Order events of a file, carried out under the rules written in docs/market.md. */
package org.carbomt.market.matching.replay;
