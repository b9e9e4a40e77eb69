/**
 * Chapter 1, the devices: what stands at a site, which hardware profile reads it, and what it may send.
 */
@Export
@Version("1.0.0")
package org.carbomt.api.device;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
