package org.carbomt.ledger.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.carbomt.api.CarboException;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.canonical.MerkleTree;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.ledger.Effect;
import org.carbomt.api.proof.HourBatch;
import org.carbomt.api.reading.Grade;
import org.carbomt.api.verification.VerificationCase;
import org.carbomt.platform.store.RelationalStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SealedBatchesTest {
    private static final Instant FROM = Instant.parse("2020-03-01T00:00:00Z");
    private static final List<HourlyRecord> HOURS = IntStream.range(0, 31).mapToObj(i -> hour(FROM.plus(Duration.ofHours(i)))).toList();
    private final RelationalStore store = RelationalStore.forTest("proofs-" + UUID.randomUUID());
    private final Twins twins = new Twins();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void sealsASignedCaseAndAsksForItsAnchor() {
        twins.put(signed("case-7", HOURS), HOURS);
        var batch = batches().seal("case-7");
        assertEquals("batch-7", batch.id());
        assertEquals(new MerkleTree(HOURS.stream().map(HourlyRecord::leaf).toList()).root(), batch.root());
        assertEquals(new Effect.Anchor("anchor/batch-7", batch.root(), 31, batch.cid().text()), twins.requested.get("anchor/batch-7"));
        var evidence = new String(twins.evidence.get(batch.cid()), StandardCharsets.UTF_8);
        assertTrue(evidence.contains("\"type\":\"carbomt/batch-evidence/1\"") && evidence.contains("\"statement\":\"{}\"") && evidence.contains("\"hour\":\"2020-03-02T06:00:00Z\""), evidence);
    }

    @Test
    void givesTheSameBatchAgainAlsoAfterARestart() {
        twins.put(signed("case-7", HOURS), HOURS);
        var first = batches().seal("case-7");
        assertEquals(first, batches().seal("case-7"));
        assertEquals(List.of(first), batches().list());
        assertEquals(Optional.of(first), batches().find("batch-7"));
        assertEquals(Optional.of(first), batches().ofCase("case-7"));
        assertEquals(1, twins.evidence.size());
    }

    @Test
    void aCrashBetweenRowAndEffectIsMadeUpForAtTheNextStart() {
        twins.put(signed("case-7", HOURS), HOURS);
        var batches = batches();
        twins.ledgerFails = true;
        assertThrows(CarboException.Unavailable.class, () -> batches.seal("case-7"));
        assertTrue(twins.requested.isEmpty());
        twins.ledgerFails = false;
        batches();
        assertEquals(List.of("anchor/batch-7"), List.copyOf(twins.requested.keySet()));
    }

    @Test
    void aCrashBeforeTheRowLeavesNothingThatCounts() {
        twins.put(signed("case-7", HOURS), HOURS);
        var batches = batches();
        twins.evidenceFails = true;
        assertThrows(CarboException.Unavailable.class, () -> batches.seal("case-7"));
        assertEquals(List.of(), batches.list());
        twins.evidenceFails = false;
        assertEquals("batch-7", batches.seal("case-7").id());
    }

    @Test
    void twoCallersSealOneBatch() throws Exception {
        twins.put(signed("case-7", HOURS), HOURS);
        var batches = batches();
        var pool = java.util.concurrent.Executors.newFixedThreadPool(4);
        try {
            var all = pool.invokeAll(java.util.Collections.<java.util.concurrent.Callable<HourBatch>>nCopies(12, () -> batches.seal("case-7")));
            for (var one : all) assertEquals(batches.list().get(0), one.get());
        } finally {
            pool.shutdownNow();
        }
        assertEquals(1, batches.list().size());
    }

    @Test
    void refusesACaseThatIsNotSignedOrWhoseHoursAreOthers() {
        var open = new VerificationCase("case-1", "stack-1", FROM, FROM.plusSeconds(3600), List.of(), Hash.sha256(), VerificationCase.Status.OPEN, "olga", FROM, Optional.empty());
        twins.put(open, List.of());
        assertEquals("batch.case-not-signed", assertThrows(CarboException.Conflict.class, () -> batches().seal("case-1")).problem().code());
        var signed = signed("case-2", HOURS);
        twins.put(new VerificationCase("case-2", "stack-1", signed.from(), signed.to(), signed.hourIds().subList(1, 31), signed.hoursRoot(), signed.status(), "olga", FROM, signed.signature()), HOURS);
        assertEquals("batch.root-differs", assertThrows(CarboException.Conflict.class, () -> batches().seal("case-2")).problem().code());
        assertThrows(CarboException.NotFound.class, () -> batches().seal("case-3"));
        assertEquals(List.of(), batches().list());
        assertTrue(twins.requested.isEmpty());
    }

    private SealedBatches batches() {
        return new SealedBatches(store, twins.verifications(), twins.hours(), twins.evidence(), twins.ledger(), Clock.fixed(Instant.parse("2026-01-01T00:00:00.123456Z"), ZoneOffset.UTC));
    }

    static VerificationCase signed(String id, List<HourlyRecord> hours) {
        var root = new MerkleTree(hours.stream().map(HourlyRecord::leaf).toList()).root();
        return new VerificationCase(id, "stack-1", hours.get(0).hourStart(), hours.get(hours.size() - 1).hourStart().plusSeconds(3600), hours.stream().map(HourlyRecord::id).toList(), root,
                VerificationCase.Status.SIGNED, "olga", FROM, Optional.of(new VerificationCase.Signature("vera", "key", "{}", "signature", "", FROM)));
    }

    private static HourlyRecord hour(Instant start) {
        return new HourlyRecord("stack-1", start, 1, HourlyRecord.Status.MEASURED, Optional.of(new BigDecimal("12.5")), Optional.of(new BigDecimal("2.0")), Grade.MEASURED, "part75@0.1.0", "F-11-wet",
                "Eq. F-11", "", Map.of(), Hash.sha256(), -1, 0, start.plusSeconds(4000));
    }
}
