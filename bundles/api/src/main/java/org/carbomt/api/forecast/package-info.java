/** Forecasts of hourly emissions, with the band they are expected to lie in and what became of them. */
@Export
@Version("1.0.0")
package org.carbomt.api.forecast;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
