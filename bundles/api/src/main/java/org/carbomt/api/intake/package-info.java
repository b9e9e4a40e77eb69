/**
 * Chapter 2, the door: every protocol hands what arrived to {@link org.carbomt.api.intake.Intake}, which decodes, checks,
 * journals, and answers only when the reading is durable. What cannot be used is kept in quarantine with its reason.
 */
@Export
@Version("1.0.0")
package org.carbomt.api.intake;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
