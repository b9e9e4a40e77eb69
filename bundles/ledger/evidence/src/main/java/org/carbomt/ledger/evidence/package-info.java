/**
 * Evidence on disk: every object encrypted with a key of its own, addressed by the CID of the encrypted bytes.
 *
 * <p>{@link org.carbomt.ledger.evidence.Envelope} is the form of an object, {@link org.carbomt.ledger.evidence.DiskEvidence} where it lies.
 */
package org.carbomt.ledger.evidence;
