package org.carbomt.ledger.proofs;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.canonical.MerkleTree;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.Hours;
import org.carbomt.api.event.LiveEvent;
import org.carbomt.api.event.LiveEvents;
import org.carbomt.api.evidence.EvidenceStore;
import org.carbomt.api.ledger.Effect;
import org.carbomt.api.ledger.Ledger;
import org.carbomt.api.proof.HourBatch;
import org.carbomt.api.proof.HourBatches;
import org.carbomt.api.store.Store;
import org.carbomt.api.verification.VerificationCase;
import org.carbomt.api.verification.Verifications;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Batches of verified hours. The id of a batch comes from its case, so a repeated or interrupted sealing always ends at the same batch: evidence
 * first, then the row, then the effect; a row without its effect is made up for at the next start or call. Thread safe.
 */
@Component(service = HourBatches.class)
public final class SealedBatches implements HourBatches {
    private static final Logger LOG = LoggerFactory.getLogger(SealedBatches.class);
    private final BatchTable table;
    private final Verifications verifications;
    private final Hours hours;
    private final EvidenceStore evidence;
    private final Ledger ledger;
    private final Clock clock;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    volatile LiveEvents events;

    @Activate
    public SealedBatches(@Reference Store store, @Reference Verifications verifications, @Reference Hours hours, @Reference EvidenceStore evidence, @Reference Ledger ledger, @Reference Clock clock) {
        this.table = new BatchTable(store.open("org.carbomt.ledger.proofs", SealedBatches.class.getClassLoader(), "db/ledger_proofs.xml"));
        this.verifications = verifications;
        this.hours = hours;
        this.evidence = evidence;
        this.ledger = ledger;
        this.clock = clock;
        requestForgotten();
    }

    /** What an interruption between row and effect has left. */
    private void requestForgotten() {
        var all = table.all();
        LOG.info("batches of hours: {} sealed", all.size());
        try {
            for (var batch : all) {
                if (ledger.find(batch.anchorKey()).isPresent()) continue;
                ledger.request(anchor(batch));
                LOG.info("batch {}: anchoring asked for again", batch.id());
            }
        } catch (CarboException.Unavailable e) {
            LOG.warn("anchoring of sealed batches could not be looked through, the next call of seal or the next start does it: {}", e.getMessage());
        }
    }

    @Override
    public HourBatch seal(String caseId) {
        var batch = table.ofCase(caseId).orElseGet(() -> make(caseId));
        ledger.request(anchor(batch));
        return batch;
    }

    /** One at a time, so that two callers do not both store evidence. */
    private synchronized HourBatch make(String caseId) {
        var made = table.ofCase(caseId);
        if (made.isPresent()) return made.get();
        var verified = verifications.find(caseId).orElseThrow(() -> new CarboException.NotFound("case", caseId));
        if (verified.status() != VerificationCase.Status.SIGNED || verified.signature().isEmpty()) {
            throw new CarboException.Conflict(new Problem("batch.case-not-signed", "case", caseId + " is " + verified.status(), "a case that a verifier has signed"));
        }
        var records = verified.hourIds().stream().map(this::hour).toList();
        var root = new MerkleTree(records.stream().map(HourlyRecord::leaf).toList()).root();
        if (!root.equals(verified.hoursRoot()) || records.isEmpty()) {
            throw new CarboException.Conflict(new Problem("batch.root-differs", "hoursRoot", root.hex(), "the root the verifier signed, " + verified.hoursRoot().hex()));
        }
        var cid = evidence.put(BatchEvidence.bytes(verified, records, verifications.findings(caseId)), BatchEvidence.MEDIA_TYPE);
        var id = "batch-" + (caseId.startsWith("case-") ? caseId.substring(5) : caseId);
        var batch = table.addOrFind(new HourBatch(id, caseId, verified.sourceId(), verified.from(), verified.to(), verified.hourIds(), root, cid, "anchor/" + id, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        LOG.info("batch {}: {} hours of {}, root {}", batch.id(), batch.hourIds().size(), batch.sourceId(), batch.root());
        var listener = events;
        if (listener != null) listener.publish(new LiveEvent("batch", batch.id(), batch.sealedAt(), Map.of("source", batch.sourceId(), "hours", batch.hourIds().size(), "root", batch.root().hex())));
        return batch;
    }

    private HourlyRecord hour(String id) {
        return hours.byId(id).orElseThrow(() -> new CarboException.NotFound("hourly record", id));
    }

    private static Effect.Anchor anchor(HourBatch batch) {
        return new Effect.Anchor(batch.anchorKey(), batch.root(), batch.hourIds().size(), batch.cid().text());
    }

    @Override
    public Optional<HourBatch> find(String batchId) {
        return table.find(batchId);
    }

    @Override
    public Optional<HourBatch> ofCase(String caseId) {
        return table.ofCase(caseId);
    }

    @Override
    public List<HourBatch> list() {
        return table.all();
    }
}
