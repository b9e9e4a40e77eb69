/**
 * Chapter 6, the ledger: effects on an Ethereum chain, asked for under a business key and done once.
 */
@Export
@Version("1.0.0")
package org.carbomt.api.ledger;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
