/**
 * What a part tells about itself while it works: figures for a monitoring system, and whether it is well. Both are offered as services
 * (whiteboard): whoever has figures registers a {@link org.carbomt.api.telemetry.Measured}, and nobody depends on their being read.
 */
@Export
@Version("1.0.0")
package org.carbomt.api.telemetry;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
