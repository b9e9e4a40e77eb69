/**
 * Chapter 4, emissions: rule books turn an hour of readings into an hourly record. 'Missing' is a value of its own, never zero.
 * Nothing is updated in place: a correction is a new version with its own recorded-at time.
 */
@Export
@Version("1.0.0")
package org.carbomt.api.emission;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
