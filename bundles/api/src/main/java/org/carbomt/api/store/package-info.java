/**
 * The relational store: one change log for Derby and PostgreSQL, owned by the bundle whose tables it makes.
 */
@Export
@Version("1.0.0")
package org.carbomt.api.store;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
