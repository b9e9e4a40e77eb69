/**
 * The journal: segments of framed entries, appended by one thread, forced to disk in groups, chained by hash. Beside each sealed segment lies a side file
 * (index of entries, keys of rows) that can be rebuilt from it at any time.
 */
package org.carbomt.field.journal;
