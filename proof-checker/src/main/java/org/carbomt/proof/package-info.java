/**
 * Checks a proof file without network and without us: from a retired serial back to the sensors' journal entries.
 *
 * <p>{@link org.carbomt.proof.ProofChecker} is the check, {@link org.carbomt.proof.Main} the program around it. The form of the file and the names of the links
 * stand in docs/proof-file.md.
 */
package org.carbomt.proof;
