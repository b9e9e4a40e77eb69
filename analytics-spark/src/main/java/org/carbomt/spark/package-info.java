/** Hours recomputed on Spark: the journal as Parquet, and the container's own calculators run over it. */
package org.carbomt.spark;
