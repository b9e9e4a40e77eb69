/**
 * Backup while the container works: the parts say what of theirs lies on disk ({@link org.carbomt.api.backup.Backed}), {@link org.carbomt.api.backup.Backups} copies it into one archive.
 */
@Export
@Version("1.0.0")
package org.carbomt.api.backup;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
