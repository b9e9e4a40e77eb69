package org.carbomt.ledger.proofs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carbomt.api.canonical.CanonicalJson;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.verification.Finding;
import org.carbomt.api.verification.VerificationCase;

/** What is kept, encrypted, of a batch: case, signature and statement, hours, findings, as canonical JSON of type {@code carbomt/batch-evidence/1}. */
final class BatchEvidence {
    static final String MEDIA_TYPE = "application/json";

    private BatchEvidence() {}

    static byte[] bytes(VerificationCase verified, List<HourlyRecord> hours, List<Finding> findings) {
        var map = new LinkedHashMap<String, Object>();
        map.put("type", "carbomt/batch-evidence/1");
        map.put("case", Map.of("id", verified.id(), "source", verified.sourceId(), "from", verified.from().toString(), "to", verified.to().toString(), "hoursRoot", verified.hoursRoot().hex(),
                "openedBy", verified.openedBy(), "openedAt", verified.openedAt().toString()));
        map.put("signature", signature(verified.signature().orElseThrow()));
        map.put("hours", hours.stream().map(HourlyRecord::canonical).toList());
        map.put("findings", findings.stream().map(BatchEvidence::finding).toList());
        return CanonicalJson.bytes(map);
    }

    static Map<String, Object> signature(VerificationCase.Signature signature) {
        return Map.of("verifierId", signature.verifierId(), "publicKey", signature.publicKey(), "statement", signature.statement(), "signature", signature.signature(),
                "reason", signature.reason(), "at", signature.at().toString());
    }

    private static Map<String, Object> finding(Finding finding) {
        var map = new LinkedHashMap<String, Object>();
        map.put("id", finding.id());
        map.put("check", finding.checkId() + "@" + finding.checkVersion());
        map.put("hour", finding.hourId());
        map.put("severity", finding.severity().name());
        map.put("message", finding.message());
        map.put("evidence", finding.evidence());
        map.put("at", finding.at().toString());
        map.put("clearedBy", finding.clearedBy());
        map.put("clearedReason", finding.clearedReason());
        return map;
    }
}
