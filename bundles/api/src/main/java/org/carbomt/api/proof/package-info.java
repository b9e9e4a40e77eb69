/**
 * Chapter 7, proof: batches of verified hours as Merkle trees anchored on chain, and the proof file of a credit.
 */
@Export
@Version("1.0.0")
package org.carbomt.api.proof;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
