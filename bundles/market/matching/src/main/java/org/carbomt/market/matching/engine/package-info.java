/** The matching engine: plain Java on flat arrays, integers only, no clock, no input or output. The same commands give the same state. */
package org.carbomt.market.matching.engine;
