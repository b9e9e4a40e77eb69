/**
 * Live events for the console and for integrators.
 */
@Export
@Version("1.0.0")
package org.carbomt.api.event;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
