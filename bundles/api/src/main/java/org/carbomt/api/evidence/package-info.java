/**
 * Evidence: encrypted with AES-256-GCM, addressed by the CID of what is stored.
 */
@Export
@Version("1.1.0")
package org.carbomt.api.evidence;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
