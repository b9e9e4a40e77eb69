package org.carbomt.ledger.proofs;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.credit.CreditBatch;
import org.carbomt.api.credit.Credits;
import org.carbomt.api.credit.Project;
import org.carbomt.api.credit.Retirement;
import org.carbomt.api.credit.Serial;
import org.carbomt.api.emission.EmissionSources;
import org.carbomt.api.emission.Hours;
import org.carbomt.api.journal.StoredEntry;
import org.carbomt.api.ledger.Ledger;
import org.carbomt.api.proof.HourBatch;
import org.carbomt.api.proof.HourBatches;
import org.carbomt.api.verification.Verifications;
import org.carbomt.proof.ProofChecker;
import org.carbomt.proof.SourceForm;

/** Gathers what docs/proof-file.md asks for. One use. */
final class ProofDocument {
    private static final String NOBODY = "0x0000000000000000000000000000000000000000";
    private final Credits credits;
    private final HourBatches batches;
    private final Verifications verifications;
    private final Hours hours;
    private final EmissionSources sources;
    private final Ledger ledger;
    private final TreeMap<Long, byte[]> entries = new TreeMap<>();

    ProofDocument(Credits credits, HourBatches batches, Verifications verifications, Hours hours, EmissionSources sources, Ledger ledger) {
        this.credits = credits;
        this.batches = batches;
        this.verifications = verifications;
        this.hours = hours;
        this.sources = sources;
        this.ledger = ledger;
    }

    byte[] ofRetirement(Retirement retirement) {
        var serial = retirement.serial().orElseThrow(() -> new CarboException.Conflict(new Problem("proof.not-on-chain", "retirement", retirement.id() + " is " + retirement.status(), "a retirement that is DONE on chain")));
        var issuance = credits.byToken(retirement.tokenId()).orElseThrow(() -> new CarboException.NotFound("issuance of token", Long.toString(retirement.tokenId())));
        var project = credits.project(issuance.projectId()).orElseThrow(() -> new CarboException.NotFound("project", issuance.projectId()));
        var source = sources.find(project.sourceId()).orElseThrow(() -> new CarboException.NotFound("emission source", project.sourceId()));
        var network = ledger.network();
        var file = new LinkedHashMap<String, Object>();
        file.put("type", ProofChecker.TYPE);
        file.put("network", Map.of("chainId", network.chainId(), "validator", network.validator() == null ? "" : network.validator(), "contracts", network.contracts()));
        file.put("retirement", retirement(retirement, serial));
        file.put("movements", movements(retirement, serial));
        file.put("issuance", issuance(issuance, project));
        file.put("project", project(project));
        file.put("source", SourceForm.canonical(source));
        file.put("batches", Map.of("period", batch(issuance.hourBatchId()), "baseline", batch(project.baselineBatchId())));
        var all = new LinkedHashMap<String, Object>();
        entries.forEach((sequence, bytes) -> all.put(Long.toString(sequence), Base64.getEncoder().encodeToString(bytes)));
        file.put("entries", all);
        return ProofChecker.finish(file);
    }

    private Map<String, Object> retirement(Retirement retirement, Serial serial) {
        var transaction = retirement.transaction().orElseGet(() -> transaction(retirement.effectKey()));
        var map = new LinkedHashMap<String, Object>();
        map.put("id", retirement.id());
        map.put("account", retirement.accountId());
        map.put("address", address(retirement.accountId()));
        map.put("tokenId", retirement.tokenId());
        map.put("tonnes", retirement.tonnes());
        map.put("serial", serial.toString());
        map.put("beneficiary", retirement.beneficiary());
        map.put("reason", retirement.reason());
        map.put("key", retirement.effectKey());
        map.put("transaction", transaction);
        map.put("receipt", receipt(transaction));
        return map;
    }

    /** The transactions that moved one of the retired serials between accounts, in the order of the chain. */
    private List<Object> movements(Retirement retirement, Serial serial) {
        var end = retirement.transaction().orElseGet(() -> transaction(retirement.effectKey()));
        var transactions = new LinkedHashSet<String>();
        for (var event : ledger.events(java.util.Optional.of(serial.tokenId()), 0)) {
            if (event.transaction().equals(end)) break;
            if (!event.name().equals("SerialsMoved") || event.values().get("from").equalsIgnoreCase(NOBODY)) continue;
            long first = Long.parseLong(event.values().get("serialFirst"));
            long last = Long.parseLong(event.values().get("serialLast"));
            if (first <= serial.last() && last >= serial.first()) transactions.add(event.transaction());
        }
        var out = new ArrayList<Object>();
        for (var transaction : transactions) out.add(Map.of("transaction", transaction, "receipt", receipt(transaction)));
        return out;
    }

    private Map<String, Object> issuance(CreditBatch issuance, Project project) {
        var transaction = transaction(issuance.effectKey());
        var map = new LinkedHashMap<String, Object>();
        map.put("id", issuance.id());
        map.put("account", project.accountId());
        map.put("address", address(project.accountId()));
        map.put("tokenId", issuance.serial().orElseThrow(() -> new CarboException.Conflict(new Problem("proof.not-on-chain", "issuance", issuance.id(), "an issuance that is DONE on chain"))).tokenId());
        map.put("tonnes", issuance.tonnes());
        map.put("key", issuance.effectKey());
        map.put("transaction", transaction);
        map.put("terms", issuance.terms());
        map.put("receipt", receipt(transaction));
        return map;
    }

    private static Map<String, Object> project(Project project) {
        var map = new LinkedHashMap<String, Object>();
        map.put("id", project.id());
        map.put("name", project.name());
        map.put("country", project.country());
        map.put("sourceId", project.sourceId());
        map.put("methodology", project.methodology());
        map.put("baselineBatchId", project.baselineBatchId());
        map.put("accountId", project.accountId());
        map.put("parameters", SourceForm.decimals(project.parameters()));
        return map;
    }

    private Map<String, Object> batch(String id) {
        var batch = batches.find(id).orElseThrow(() -> new CarboException.NotFound("batch", id));
        var verified = verifications.find(batch.caseId()).orElseThrow(() -> new CarboException.NotFound("case", batch.caseId()));
        var signature = verified.signature().orElseThrow(() -> new CarboException.NotFound("signature of case", batch.caseId()));
        var transaction = transaction(batch.anchorKey());
        var map = new LinkedHashMap<String, Object>();
        map.put("id", batch.id());
        map.put("caseId", batch.caseId());
        map.put("sourceId", batch.sourceId());
        map.put("from", batch.from().toString());
        map.put("to", batch.to().toString());
        map.put("openedBy", verified.openedBy());
        map.put("root", batch.root().hex());
        map.put("cid", batch.cid().text());
        map.put("anchor", Map.of("key", batch.anchorKey(), "transaction", transaction, "receipt", receipt(transaction)));
        map.put("signature", BatchEvidence.signature(signature));
        map.put("hours", hours(batch));
        return map;
    }

    private List<Object> hours(HourBatch batch) {
        var out = new ArrayList<Object>(batch.hourIds().size());
        for (var id : batch.hourIds()) {
            var hour = hours.byId(id).orElseThrow(() -> new CarboException.NotFound("hourly record", id));
            var derivation = hours.derivation(hour);
            derivation.forEach(entry -> entries.put(entry.sequence(), entry.bytes()));
            out.add(Map.of("record", hour.canonical(), "entries", derivation.stream().map(StoredEntry::sequence).toList()));
        }
        return out;
    }

    private Map<String, Object> receipt(String transaction) {
        var proof = ledger.receiptProof(transaction);
        return Map.of("header", proof.header(), "receipt", proof.receipt(), "index", proof.index(), "nodes", proof.nodes());
    }

    private String transaction(String key) {
        return ledger.find(key).flatMap(e -> e.transaction()).orElseThrow(() -> new CarboException.Conflict(new Problem("proof.not-on-chain", "effect", key, "an effect that is on chain")));
    }

    private String address(String accountId) {
        return ledger.account(accountId).orElseThrow(() -> new CarboException.NotFound("ledger account", accountId)).address();
    }
}
