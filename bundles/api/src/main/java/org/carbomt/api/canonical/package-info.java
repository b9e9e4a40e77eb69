/**
 * How a record becomes bytes, a hash and a leaf: RFC 8785 JSON, SHA-256, RFC 6962 trees.
 * Whoever wants to check one of our numbers recomputes it with these rules; the proof file names nothing else.
 */
@Export
@Version("1.0.0")
package org.carbomt.api.canonical;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
