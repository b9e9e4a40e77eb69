package org.carbomt.credits.registry;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.carbomt.api.credit.CreditBatch;
import org.carbomt.api.credit.Credits.Step;
import org.carbomt.api.credit.Credits.Trace;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.ledger.EffectState;
import org.carbomt.api.ledger.Ledger;
import org.carbomt.api.proof.HourBatch;

/** Puts the life of a token together: from what happened to it last, down to the devices. One use. */
final class CreditTrace {
    private static final BigDecimal GRAMS_PER_TONNE = new BigDecimal(1_000_000);
    private final CreditRegistry registry;
    private final List<Step> steps = new ArrayList<>();

    CreditTrace(CreditRegistry registry) {
        this.registry = registry;
    }

    Trace of(CreditBatch issuance) {
        var serial = issuance.serial().orElseThrow();
        var project = registry.project(issuance.projectId()).orElseThrow();
        var baseline = registry.batch(project.baselineBatchId());
        batch(baseline, "baseline");
        batch(registry.batch(issuance.hourBatchId()), "period");
        issuance(issuance);
        movements(issuance);
        Collections.reverse(steps);
        return new Trace(serial.tokenId(), serial.toString(), List.copyOf(steps));
    }

    private void batch(HourBatch batch, String part) {
        var hours = registry.services().need(registry.services().hours(), "hours");
        var source = registry.services().sources().get().flatMap(s -> s.find(batch.sourceId()));
        var devices = source.map(s -> s.inputs().values().stream().map(EmissionSource.ChannelRef::deviceId).distinct().sorted().toList()).orElse(List.of());
        for (var id : devices) {
            if (steps.stream().anyMatch(s -> s.id().equals(id))) continue;
            var facts = new LinkedHashMap<String, String>();
            registry.services().devices().get().flatMap(d -> d.find(id)).ifPresent(d -> {
                facts.put("name", d.name());
                facts.put("site", d.siteId());
                facts.put("profile", d.profileId());
            });
            steps.add(new Step("device", id, "Device " + id, facts, List.of()));
        }
        var records = hours.find(batch.sourceId(), batch.from(), batch.to(), Optional.empty()).stream().filter(h -> batch.hourIds().contains(h.id())).toList();
        long entries = records.stream().mapToLong(HourlyRecord::entries).sum();
        var first = records.stream().mapToLong(HourlyRecord::firstSequence).filter(s -> s >= 0).min();
        var readings = new LinkedHashMap<String, String>();
        readings.put("journalEntriesUsed", Long.toString(entries));
        first.ifPresent(s -> readings.put("firstSequence", Long.toString(s)));
        steps.add(new Step("readings", "readings-" + batch.id(), "Readings of the " + part + " in the journal", readings, devices));
        var facts = new LinkedHashMap<String, String>();
        facts.put("source", batch.sourceId());
        facts.put("from", batch.from().toString());
        facts.put("to", batch.to().toString());
        var byStatus = records.stream().collect(Collectors.groupingBy(h -> h.status().name(), TreeMap::new, Collectors.counting()));
        byStatus.forEach((status, count) -> facts.put(status.toLowerCase(java.util.Locale.ROOT) + "Hours", count.toString()));
        facts.put("measuredTonnes", new BigDecimal(records.stream().mapToLong(h -> h.massGrams().orElse(0L)).sum()).divide(GRAMS_PER_TONNE).toPlainString());
        records.stream().findFirst().ifPresent(h -> {
            facts.put("ruleBook", h.ruleBook());
            facts.put("method", h.method());
        });
        steps.add(new Step("hours", "hours-" + batch.id(), Duration.between(batch.from(), batch.to()).toHours() + " hours of " + batch.sourceId() + " (" + part + ")", facts, List.of("readings-" + batch.id())));
        verification(batch);
        var sealed = new LinkedHashMap<String, String>();
        sealed.put("root", batch.root().hex());
        sealed.put("evidence", batch.cid().text());
        effect(batch.anchorKey(), sealed);
        steps.add(new Step("batch", batch.id(), "Batch of the " + part + ", anchored on chain", sealed, List.of(batch.caseId())));
    }

    private void verification(HourBatch batch) {
        var facts = new LinkedHashMap<String, String>();
        registry.services().verifications().get().flatMap(v -> v.find(batch.caseId())).ifPresent(v -> {
            facts.put("openedBy", v.openedBy());
            v.signature().ifPresent(s -> {
                facts.put("verifier", s.verifierId());
                facts.put("signedAt", s.at().toString());
            });
            facts.put("findings", Integer.toString(registry.services().verifications().get().orElseThrow().findings(v.id()).size()));
        });
        steps.add(new Step("verification", batch.caseId(), "Verified and signed by " + facts.getOrDefault("verifier", "nobody"), facts, List.of("hours-" + batch.id())));
    }

    private void issuance(CreditBatch issuance) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("project", issuance.projectId());
        facts.put("serial", issuance.serial().orElseThrow().toString());
        issuance.steps().forEach((name, value) -> facts.put(name, value.toPlainString()));
        effect(issuance.effectKey(), facts);
        var project = registry.project(issuance.projectId()).orElseThrow();
        steps.add(new Step("issuance", issuance.id(), issuance.tonnes() + " credits issued", facts, List.of(issuance.hourBatchId(), project.baselineBatchId())));
    }

    private void movements(CreditBatch issuance) {
        long tokenId = issuance.serial().orElseThrow().tokenId();
        var ledger = registry.ledger();
        var names = ledger.accounts().stream().collect(Collectors.toMap(a -> a.address().toLowerCase(java.util.Locale.ROOT), Ledger.Account::id, (a, b) -> a));
        var last = issuance.id();
        var retirements = registry.retirements();
        for (var event : ledger.events(Optional.of(tokenId), 0)) {
            var facts = new LinkedHashMap<String, String>();
            var values = event.values();
            for (var name : List.of("from", "to", "seller", "buyer", "account")) {
                if (values.containsKey(name)) facts.put(name, names.getOrDefault(values.get(name).toLowerCase(java.util.Locale.ROOT), values.get(name)));
            }
            for (var name : List.of("tonnes", "priceMinor", "serialFirst", "serialLast", "beneficiary", "reason")) {
                if (values.containsKey(name)) facts.put(name, values.get(name));
            }
            facts.put("transaction", event.transaction());
            facts.put("block", Long.toString(event.block()));
            var id = event.transaction() + "-" + event.logIndex();
            switch (event.name()) {
                case "CreditsTransferred" -> steps.add(new Step("transfer", id, facts.get("tonnes") + " credits from " + facts.get("from") + " to " + facts.get("to"), facts, List.of(last)));
                case "SaleSettled" -> steps.add(new Step("sale", id, facts.get("tonnes") + " credits sold by " + facts.get("seller") + " to " + facts.get("buyer"), facts, List.of(last)));
                case "CreditsRetired" -> {
                    var retired = retirements.stream().filter(r -> r.transaction().map(event.transaction()::equals).orElse(false)).findFirst();
                    id = retired.map(r -> r.id()).orElse(id);
                    long tonnes = Long.parseLong(values.get("serialLast")) - Long.parseLong(values.get("serialFirst")) + 1;
                    steps.add(new Step("retirement", id, tonnes + " credits retired for " + facts.get("beneficiary"), facts, List.of(last)));
                }
                default -> {
                    continue;
                }
            }
            last = id;
        }
    }

    private void effect(String key, Map<String, String> facts) {
        registry.ledger().find(key).ifPresent((EffectState e) -> {
            e.transaction().ifPresent(t -> facts.put("transaction", t));
            e.block().ifPresent(b -> facts.put("block", b.toString()));
        });
    }
}
