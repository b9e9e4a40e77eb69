/**
 * Chapter 9, the market: a sale of credits against cash, settled on chain in one transaction.
 */
@Export
@Version("1.0.0")
package org.carbomt.api.market;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
