package org.carbomt.ledger.proofs;

import java.util.stream.Collectors;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.credit.Credits;
import org.carbomt.api.emission.EmissionSources;
import org.carbomt.api.emission.Hours;
import org.carbomt.api.ledger.Ledger;
import org.carbomt.api.proof.HourBatches;
import org.carbomt.api.proof.ProofFiles;
import org.carbomt.api.verification.Verifications;
import org.carbomt.proof.Calculators;
import org.carbomt.proof.ContainerCalculators;
import org.carbomt.proof.ProofChecker;
import org.carbomt.proof.Trust;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes proof files and hands out none that the public checker would refuse. Thread safe. */
@Component(service = ProofFiles.class)
public final class CheckedProofFiles implements ProofFiles {
    private static final Logger LOG = LoggerFactory.getLogger(CheckedProofFiles.class);
    private final Credits credits;
    private final HourBatches batches;
    private final Verifications verifications;
    private final Hours hours;
    private final EmissionSources sources;
    private final Ledger ledger;
    private final ProofChecker checker;

    @Activate
    public CheckedProofFiles(@Reference Credits credits, @Reference HourBatches batches, @Reference Verifications verifications, @Reference Hours hours, @Reference EmissionSources sources,
            @Reference Ledger ledger) {
        this(credits, batches, verifications, hours, sources, ledger, new ContainerCalculators());
    }

    CheckedProofFiles(Credits credits, HourBatches batches, Verifications verifications, Hours hours, EmissionSources sources, Ledger ledger, Calculators calculators) {
        this.credits = credits;
        this.batches = batches;
        this.verifications = verifications;
        this.hours = hours;
        this.sources = sources;
        this.ledger = ledger;
        this.checker = new ProofChecker(calculators);
    }

    @Override
    public byte[] ofRetirement(String retirementId) {
        var retirement = credits.retirement(retirementId).orElseThrow(() -> new CarboException.NotFound("retirement", retirementId));
        var file = new ProofDocument(credits, batches, verifications, hours, sources, ledger).ofRetirement(retirement);
        var report = checker.check(file, Trust.OF_THE_FILE);
        if (report.broken()) {
            var links = report.brokenLinks().stream().map(l -> l.name() + ": " + l.sentence()).collect(Collectors.joining("; "));
            LOG.error("the proof of {} does not hold: {}", retirementId, links);
            throw new CarboException.Conflict(new Problem("proof.broken", "retirement", retirementId, "books and chain that agree, but " + links));
        }
        LOG.info("proof of {}: {} bytes, {}", retirementId, file.length, report.verdict());
        return file;
    }
}
