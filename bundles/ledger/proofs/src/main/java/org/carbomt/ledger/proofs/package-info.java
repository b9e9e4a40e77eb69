/**
 * Batches of verified hours, anchored on chain, and the proof files that lead from a retired credit back to them.
 *
 * <p>{@link org.carbomt.ledger.proofs.SealedBatches} seals, {@link org.carbomt.ledger.proofs.CheckedProofFiles} writes proof files and checks each with the
 * same checker that everybody has, before it hands it out.
 */
package org.carbomt.ledger.proofs;
