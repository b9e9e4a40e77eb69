package org.carbomt.api.verification;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The verification workflow. */
@ProviderType
public interface Verifications {
    /** Runs all checks on the newest versions of the hours in [from, to) and opens a case. Refuses a period with an open case, or with an hour not yet computed. */
    VerificationCase open(String sourceId, Instant from, Instant to, String openedBy);

    Optional<VerificationCase> find(String caseId);

    List<VerificationCase> list(Optional<VerificationCase.Status> status);

    List<Finding> findings(String caseId);

    List<Finding> findingsOfHour(String hourId);

    /** A verifier clears a blocking finding, with a reason; never a person of the operator. */
    Finding clear(String findingId, String verifierId, String reason);

    /** The exact text the verifier must sign: canonical JSON of case id, source, period, hours root, number of hours, verdict, verifier, findings root. */
    String statement(String caseId, String verifierId, boolean accept, String reason);

    /**
     * Records the verifier's signature over {@link #statement}. Refuses: a person without the verifier role, the person who opened the case,
     * a person of the operator's organisation, a signature that does not verify with the person's registered key, acceptance while a
     * blocking finding is open, hours that have newer versions since.
     */
    VerificationCase sign(String caseId, String verifierId, boolean accept, String reason, String signatureBase64);
}
