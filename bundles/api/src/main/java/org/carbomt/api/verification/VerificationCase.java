package org.carbomt.api.verification;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.carbomt.api.canonical.Hash;

/**
 * Hours laid before a verifier.
 *
 * @param id {@code case-…}
 * @param from first hour, to end (exclusive)
 * @param hourIds the exact record versions, in order
 * @param hoursRoot RFC 6962 root over their leaves: what is signed
 * @param openedBy person of the operator's side
 * @param signature present when SIGNED or REFUSED
 */
public record VerificationCase(String id, String sourceId, Instant from, Instant to, List<String> hourIds, Hash hoursRoot, Status status,
        String openedBy, Instant openedAt, Optional<Signature> signature) {
    public VerificationCase {
        hourIds = List.copyOf(hourIds);
    }

    public enum Status { OPEN, SIGNED, REFUSED }

    /**
     * The verifier's word.
     *
     * @param verifierId person
     * @param publicKey X.509 SubjectPublicKeyInfo, DER, base64 (P-256)
     * @param statement the canonical JSON that was signed (see {@link Verifications#statement})
     * @param signature ECDSA SHA-256, DER, base64
     */
    public record Signature(String verifierId, String publicKey, String statement, String signature, String reason, Instant at) {}
}
