/**
 * Chapter 5, verification: checks and models give findings; a human verifier, never the operator, signs.
 */
@Export
@Version("1.0.0")
package org.carbomt.api.verification;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
