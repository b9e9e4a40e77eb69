/**
 * Who may do what, and where secrets are kept.
 */
@Export
@Version("1.0.0")
package org.carbomt.api.identity;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
