/** The market's journal: commands in groups, chained by hash, durable before they are carried out; and the two threads that do both. */
package org.carbomt.market.matching.journal;
