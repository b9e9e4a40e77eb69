/**
 * Figures of the built distribution beside its peers: both sides in the same minutes, by the same client, in turns. {@link org.carbomt.benchmarks.Main} does
 * them all and prints one table.
 */
package org.carbomt.benchmarks;
