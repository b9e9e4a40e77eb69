/** Scenes of satellites, the plumes found in them, and what could not be seen. No data is never 'no plume'. */
@Export
@Version("1.0.0")
package org.carbomt.api.satellite;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
