package org.carbomt.api.proof;

import org.osgi.annotation.versioning.ProviderType;

/** Writes proof files. */
@ProviderType
public interface ProofFiles {
    /**
     * The proof of a retirement: from the retired serials back to the journal entries of the sensors. Canonical JSON (format in
     * docs/proof-file.md), checked offline by carbomt-proof.jar.
     */
    byte[] ofRetirement(String retirementId);
}
