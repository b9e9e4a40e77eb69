/**
 * The readings themselves: channels with units, in columns. Times are UTC milliseconds.
 */
@Export
@Version("1.0.0")
package org.carbomt.api.reading;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
