/**
 * Chapter 3, the journal: readings appended, forced to disk in groups, chained by hash. The truth that all else is derived from.
 */
@Export
@Version("1.0.0")
package org.carbomt.api.journal;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
