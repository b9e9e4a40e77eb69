package org.carbomt.ledger.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carbomt.api.CarboException;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.canonical.MerkleTree;
import org.carbomt.api.credit.CreditBatch;
import org.carbomt.api.credit.Credits;
import org.carbomt.api.credit.Project;
import org.carbomt.api.credit.Retirement;
import org.carbomt.api.credit.Serial;
import org.carbomt.api.emission.EmissionSources;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.Hours;
import org.carbomt.api.evidence.Cid;
import org.carbomt.api.journal.StoredEntry;
import org.carbomt.api.ledger.EffectState;
import org.carbomt.api.ledger.Ledger;
import org.carbomt.api.proof.HourBatch;
import org.carbomt.api.proof.HourBatches;
import org.carbomt.api.reading.Grade;
import org.carbomt.api.verification.VerificationCase;
import org.carbomt.api.verification.Verifications;
import org.carbomt.proof.ProofChecker;
import org.carbomt.proof.TestCalculators;
import org.carbomt.proof.TestProof;
import org.carbomt.proof.Trust;
import org.junit.jupiter.api.Test;

/** The services answer out of a whole proof; the file made of their answers must hold again. */
class CheckedProofFilesTest {
    private final Map<String, Object> whole = TestProof.sealed();
    private String beneficiary = "Ærlig A/S";

    @Test
    void theFileItHandsOutHolds() {
        var file = files().ofRetirement("retirement-1");
        var report = new ProofChecker(new TestCalculators()).check(file, Trust.OF_THE_FILE);
        assertTrue(report.holds(), report.text());
        assertTrue(new String(file, StandardCharsets.UTF_8).contains("\"movements\":[{\"receipt\""), "the sale between issuance and retirement is in the file");
    }

    @Test
    void handsOutNoFileThatTheCheckerWouldRefuse() {
        beneficiary = "Someone else";
        var conflict = assertThrows(CarboException.Conflict.class, () -> files().ofRetirement("retirement-1"));
        assertEquals("proof.broken", conflict.problem().code());
        assertTrue(conflict.problem().expected().contains("retirement.event"), conflict.getMessage());
    }

    @Test
    void namesTheRetirementThatDoesNotExist() {
        assertThrows(CarboException.NotFound.class, () -> files().ofRetirement("retirement-2"));
    }

    private CheckedProofFiles files() {
        return new CheckedProofFiles(credits(), batches(), verifications(), hours(), sources(), ledger(), new TestCalculators());
    }

    private Credits credits() {
        var serial = Serial.parse("C01-001-20200301-20200301-003:9-20");
        var retirement = new Retirement("retirement-1", "buyer", 3, 12, beneficiary, "flights of 2026", Optional.of(serial), EffectState.Status.DONE, "retire/request-1", Optional.of("retirement"), Instant.EPOCH);
        var issuance = new CreditBatch("issuance-1", "C01-001", "batch-period", Instant.EPOCH, Instant.EPOCH, 45, Optional.of(new Serial("C01-001", serial.from(), serial.to(), 3, 1, 45)),
                Map.of("savedTons", new BigDecimal("45.0")), EffectState.Status.DONE, "", "issue/C01-001/2020-03", Instant.EPOCH);
        return Twins.twin(Credits.class, (proxy, method, args) -> switch (method.getName()) {
            case "retirement" -> args[0].equals("retirement-1") ? Optional.of(retirement) : Optional.empty();
            case "byToken" -> Optional.of(issuance);
            case "project" -> Optional.of(new Project("C01-001", "Stack 1, low load", "US", "stack-1", "test-saving", "batch-baseline", "seller", Map.of()));
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private HourBatches batches() {
        return Twins.twin(HourBatches.class, (proxy, method, args) -> {
            var batch = part("batches", ((String) args[0]).substring(6));
            return Optional.of(new HourBatch((String) batch.get("id"), (String) batch.get("caseId"), "stack-1", instant(batch, "from"), instant(batch, "to"), records(batch).stream().map(HourlyRecord::id).toList(),
                    Hash.parse((String) batch.get("root")), new Cid((String) batch.get("cid")), "anchor/" + batch.get("id"), Instant.EPOCH));
        });
    }

    private Verifications verifications() {
        return Twins.twin(Verifications.class, (proxy, method, args) -> {
            var batch = part("batches", ((String) args[0]).substring(5));
            var s = object(batch, "signature");
            var signature = new VerificationCase.Signature((String) s.get("verifierId"), (String) s.get("publicKey"), (String) s.get("statement"), (String) s.get("signature"), "", Instant.EPOCH);
            return Optional.of(new VerificationCase((String) batch.get("caseId"), "stack-1", instant(batch, "from"), instant(batch, "to"), List.of(), Hash.parse((String) batch.get("root")),
                    VerificationCase.Status.SIGNED, "olga", Instant.EPOCH, Optional.of(signature)));
        });
    }

    private Hours hours() {
        var all = new HashMap<String, HourlyRecord>();
        var entries = new HashMap<String, List<StoredEntry>>();
        for (var name : List.of("period", "baseline")) {
            var batch = part("batches", name);
            var records = records(batch);
            for (int i = 0; i < records.size(); i++) {
                all.put(records.get(i).id(), records.get(i));
                var stored = new ArrayList<StoredEntry>();
                for (var sequence : (List<?>) ((Map<?, ?>) ((List<?>) batch.get("hours")).get(i)).get("entries")) {
                    var bytes = Base64.getDecoder().decode((String) object(whole, "entries").get(sequence.toString()));
                    stored.add(new StoredEntry((Long) sequence, bytes, MerkleTree.leaf(bytes), null));
                }
                entries.put(records.get(i).id(), stored);
            }
        }
        return Twins.twin(Hours.class, (proxy, method, args) -> method.getName().equals("byId") ? Optional.of(all.get(args[0])) : entries.get(((HourlyRecord) args[0]).id()));
    }

    private EmissionSources sources() {
        return Twins.twin(EmissionSources.class, (proxy, method, args) -> Optional.of(TestProof.SOURCE));
    }

    private Ledger ledger() {
        var receipts = Map.of("retirement", part("retirement"), "issue/C01-001/2020-03", part("issuance"), "sale", firstMovement(),
                "anchor/batch-period", object(part("batches", "period"), "anchor"), "anchor/batch-baseline", object(part("batches", "baseline"), "anchor"));
        var network = object(whole, "network");
        return Twins.twin(Ledger.class, (proxy, method, args) -> switch (method.getName()) {
            case "network" -> new Ledger.Network((Long) network.get("chainId"), (String) network.get("validator"), Map.of("credits", TestProof.CREDITS, "anchors", TestProof.ANCHORS));
            case "account" -> Optional.of(new Ledger.Account((String) args[0], "", args[0].equals("buyer") ? TestProof.BUYER : TestProof.SELLER));
            // The effect's key serves as the hash of its transaction.
            case "find" -> Optional.of(new EffectState((String) args[0], "", EffectState.Status.DONE, Optional.of((String) args[0]), Optional.of(1L), "", Map.of(), Instant.EPOCH, Instant.EPOCH));
            case "events" -> List.of(moved(TestProof.NOBODY, 1, 45, "issue/C01-001/2020-03"), moved(TestProof.SELLER, 31, 40, "elsewhere"), moved(TestProof.SELLER, 1, 30, "sale"));
            case "receiptProof" -> proof(object(receipts.get(args[0]), "receipt"));
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static Ledger.ChainEvent moved(String from, long first, long last, String transaction) {
        return new Ledger.ChainEvent("credits", "SerialsMoved", Map.of("tokenId", "3", "from", from, "to", TestProof.BUYER, "serialFirst", Long.toString(first), "serialLast", Long.toString(last)), 1, 0, transaction);
    }

    @SuppressWarnings("unchecked")
    private static Ledger.ReceiptProof proof(Map<String, Object> receipt) {
        return new Ledger.ReceiptProof((String) receipt.get("header"), (String) receipt.get("receipt"), ((Long) receipt.get("index")).intValue(), (List<String>) (List<?>) receipt.get("nodes"));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> firstMovement() {
        return (Map<String, Object>) ((List<?>) whole.get("movements")).get(0);
    }

    private static List<HourlyRecord> records(Map<String, Object> batch) {
        return ((List<?>) batch.get("hours")).stream().map(h -> record(object((Map<?, ?>) h, "record"))).toList();
    }

    private static HourlyRecord record(Map<String, Object> r) {
        var steps = new HashMap<String, BigDecimal>();
        object(r, "steps").forEach((name, value) -> steps.put(name, new BigDecimal((String) value)));
        return new HourlyRecord((String) r.get("source"), instant(r, "hour"), (Integer) r.get("version"), HourlyRecord.Status.valueOf((String) r.get("status")), Optional.of(new BigDecimal((String) r.get("massShortTons"))),
                Optional.of(new BigDecimal((String) r.get("uncertaintyPercent"))), Grade.valueOf((String) r.get("grade")), (String) r.get("ruleBook"), (String) r.get("method"), (String) r.get("clause"),
                (String) r.get("reason"), steps, Hash.parse((String) r.get("readingsRoot")), (Long) r.get("firstSequence"), (Integer) r.get("entries"), instant(r, "recordedAt"));
    }

    private Map<String, Object> part(String... path) {
        Map<String, Object> here = whole;
        for (var name : path) here = object(here, name);
        return here;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<?, ?> in, String name) {
        return (Map<String, Object>) in.get(name);
    }

    private static Instant instant(Map<String, Object> in, String name) {
        return Instant.parse((String) in.get(name));
    }
}
