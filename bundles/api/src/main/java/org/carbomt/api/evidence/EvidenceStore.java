package org.carbomt.api.evidence;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Where evidence lies: disk by default. Content is encrypted (AES-256-GCM) before it is stored, so the CID tells nothing of it. */
@ConsumerType
public interface EvidenceStore {
    /** Encrypts, stores durably, returns the CID of the encrypted bytes. The same content stored twice may get two CIDs (fresh nonce). */
    Cid put(byte[] content, String mediaType);

    /** Decrypted content; empty if absent; CarboException if it does not match its CID or its key. */
    Optional<Evidence> get(Cid cid);

    /** The stored, encrypted bytes, for copies. */
    Optional<byte[]> sealed(Cid cid);

    record Evidence(byte[] content, String mediaType) {}
}
