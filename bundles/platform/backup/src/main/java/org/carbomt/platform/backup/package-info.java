/** Backup while the container works: one archive of everything it keeps. Restoring is the tool's: {@code carbomt restore}. */
package org.carbomt.platform.backup;
