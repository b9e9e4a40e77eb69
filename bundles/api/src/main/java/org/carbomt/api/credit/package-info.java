/**
 * Chapter 8, credits: a methodology quantifies, the registry issues whole tonnes with serials, transfers, retires, traces.
 */
@Export
@Version("1.0.0")
package org.carbomt.api.credit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
