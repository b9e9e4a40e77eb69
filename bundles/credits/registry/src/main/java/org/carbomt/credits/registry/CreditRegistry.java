package org.carbomt.credits.registry;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.canonical.CanonicalJson;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.credit.CreditBatch;
import org.carbomt.api.credit.Credits;
import org.carbomt.api.credit.Methodology;
import org.carbomt.api.credit.Project;
import org.carbomt.api.credit.Retirement;
import org.carbomt.api.credit.Serial;
import org.carbomt.api.device.Devices;
import org.carbomt.api.emission.EmissionSources;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.Hours;
import org.carbomt.api.event.LiveEvent;
import org.carbomt.api.event.LiveEvents;
import org.carbomt.api.ledger.Effect;
import org.carbomt.api.ledger.EffectState;
import org.carbomt.api.ledger.Ledger;
import org.carbomt.api.proof.HourBatch;
import org.carbomt.api.proof.HourBatches;
import org.carbomt.api.store.Database;
import org.carbomt.api.verification.Verifications;

/**
 * Projects, issuances, transfers, retirements. A row is written before its effect is asked for, and asking again with the same request finds it: whatever is
 * interrupted, the next call goes on. How far an effect is, the ledger says.
 */
final class CreditRegistry implements Credits {
    private static final int LONGEST_TEXT = 200;

    /** What it works with; each may be absent for a while. */
    record Services(Supplier<Optional<Ledger>> ledger, Supplier<Optional<HourBatches>> batches, Supplier<Optional<Hours>> hours, Supplier<Optional<EmissionSources>> sources, Supplier<Optional<Verifications>> verifications,
            Supplier<Optional<Devices>> devices, Function<String, Optional<Methodology>> methodology, Supplier<Collection<String>> methodologies, Supplier<Optional<LiveEvents>> events) {
        <T> T need(Supplier<Optional<T>> service, String part) {
            return service.get().orElseThrow(() -> new CarboException.Unavailable(new Problem("part.absent", "part", part, "that part in service")));
        }
    }

    private final Database database;
    private final Services services;
    private final Clock clock;

    CreditRegistry(Database database, Services services, Clock clock) {
        this.database = database;
        this.services = services;
        this.clock = clock;
    }

    Ledger ledger() {
        return services.need(services.ledger, "ledger");
    }

    Services services() {
        return services;
    }

    // ---- projects

    @Override
    public void putProject(Project project) {
        var methodology = methodology(project.methodology());
        for (var name : project.parameters().keySet()) {
            if (!methodology.parameters().containsKey(name)) throw invalid("parameters." + name, project.parameters().get(name).toPlainString(), "one of " + methodology.parameters().keySet());
        }
        if (services.need(services.sources, "sources").find(project.sourceId()).isEmpty()) throw invalid("sourceId", project.sourceId(), "a source of this container");
        var baseline = batch(project.baselineBatchId());
        if (!baseline.sourceId().equals(project.sourceId())) throw invalid("baselineBatchId", project.baselineBatchId(), "a batch of " + project.sourceId() + ", not of " + baseline.sourceId());
        if (ledger().account(project.accountId()).isEmpty()) throw invalid("accountId", project.accountId(), "an account of the ledger");
        var before = project(project.id());
        if (before.isPresent() && !before.get().equals(project) && issuances().stream().anyMatch(i -> i.projectId().equals(project.id()))) {
            throw new CarboException.Conflict(new Problem("project.has-issuances", "id", project.id(), "a new project: credits were issued under the terms of this one"));
        }
        database.<Void>transact(c -> {
            RegistryTables.put(c, project);
            return null;
        });
    }

    @Override
    public Optional<Project> project(String id) {
        return projects().stream().filter(p -> p.id().equals(id)).findFirst();
    }

    @Override
    public List<Project> projects() {
        return database.read(RegistryTables::projects);
    }

    // ---- issuance

    @Override
    public Methodology.Quantification preview(String projectId, String hourBatchId) {
        var project = project(projectId).orElseThrow(() -> new CarboException.NotFound("project", projectId));
        var batch = batch(hourBatchId);
        if (!batch.sourceId().equals(project.sourceId())) throw invalid("batchId", hourBatchId, "a batch of " + project.sourceId() + ", not of " + batch.sourceId());
        return methodology(project.methodology()).quantify(hours(batch(project.baselineBatchId())), hours(batch), project.parameters());
    }

    @Override
    public CreditBatch issue(String projectId, String hourBatchId) {
        var before = row(hourBatchId);
        if (before.isPresent()) {
            if (!before.get().projectId().equals(projectId)) throw new CarboException.Conflict(new Problem("batch.issued", "batchId", hourBatchId, "a batch no project issued on; " + before.get().projectId() + " did"));
            return request(before.get());
        }
        var project = project(projectId).orElseThrow(() -> new CarboException.NotFound("project", projectId));
        var batch = batch(hourBatchId);
        for (var anchored : List.of(batch, batch(project.baselineBatchId()))) {
            var anchor = ledger().find(anchored.anchorKey());
            if (anchor.isEmpty() || anchor.get().status() != EffectState.Status.DONE) {
                throw new CarboException.Conflict(new Problem("batch.not-anchored", "batch", anchored.id() + " is " + anchor.map(a -> a.status().name()).orElse("not asked for"), "a batch whose anchor is DONE on chain; try again in a moment"));
            }
        }
        var quantification = preview(projectId, hourBatchId);
        if (quantification.credits() == 0) {
            throw new CarboException.Conflict(new Problem("issuance.nothing", "netTonnes", quantification.steps().getOrDefault("netTonnes", BigDecimal.ZERO).toPlainString(), "a reduction of at least one tonne after the deduction"));
        }
        var row = new RegistryTables.IssuanceRow("issuance-" + hourBatchId.replaceFirst("^batch-", ""), projectId, hourBatchId, batch.from(), batch.to(), quantification.credits(), quantification.steps(), "issue/" + hourBatchId,
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        var kept = database.transact(c -> {
            var other = RegistryTables.issuances(c).stream().filter(i -> i.hourBatchId().equals(hourBatchId)).findFirst();
            if (other.isPresent()) return other.get();
            RegistryTables.insert(c, row);
            return row;
        });
        return request(kept);
    }

    private CreditBatch request(RegistryTables.IssuanceRow row) {
        var project = project(row.projectId()).orElseThrow();
        var batch = batch(row.hourBatchId());
        var terms = CanonicalJson.hash(CreditBatch.terms(row.projectId(), row.hourBatchId(), row.tonnes(), row.steps()));
        ledger().request(new Effect.Issue(row.effectKey(), project.accountId(), row.projectId(), batch.sourceId(), row.from(), row.to(), row.tonnes(), batch.root(), terms));
        publish("credit", row.id(), Map.of("project", row.projectId(), "tonnes", row.tonnes()));
        return creditBatch(row);
    }

    private CreditBatch creditBatch(RegistryTables.IssuanceRow row) {
        var effect = services.ledger.get().flatMap(l -> l.find(row.effectKey()));
        var serial = effect.filter(e -> e.status() == EffectState.Status.DONE).map(e -> serial(row, Long.parseLong(e.result().get("tokenId")), Long.parseLong(e.result().get("serialFirst")), Long.parseLong(e.result().get("serialLast"))));
        return new CreditBatch(row.id(), row.projectId(), row.hourBatchId(), row.from(), row.to(), row.tonnes(), serial, row.steps(), effect.map(EffectState::status).orElse(EffectState.Status.REQUESTED),
                effect.map(EffectState::reason).orElse(""), row.effectKey(), row.requestedAt());
    }

    private static Serial serial(RegistryTables.IssuanceRow row, long tokenId, long first, long last) {
        return new Serial(row.projectId(), row.from().atOffset(ZoneOffset.UTC).toLocalDate(), row.to().atOffset(ZoneOffset.UTC).toLocalDate(), tokenId, first, last);
    }

    private Optional<RegistryTables.IssuanceRow> row(String hourBatchId) {
        return database.read(RegistryTables::issuances).stream().filter(i -> i.hourBatchId().equals(hourBatchId)).findFirst();
    }

    @Override
    public Optional<CreditBatch> issuance(String id) {
        return issuances().stream().filter(i -> i.id().equals(id)).findFirst();
    }

    @Override
    public Optional<CreditBatch> byToken(long tokenId) {
        return issuances().stream().filter(i -> i.serial().map(s -> s.tokenId() == tokenId).orElse(false)).findFirst();
    }

    @Override
    public List<CreditBatch> issuances() {
        return database.read(RegistryTables::issuances).stream().map(this::creditBatch).toList();
    }

    // ---- holding, transfer, retirement

    @Override
    public List<Holding> holdings(Optional<String> accountId) {
        var ledger = ledger();
        var accounts = accountId.isPresent() ? List.of(account(accountId.get())) : ledger.accounts();
        var list = new ArrayList<Holding>();
        for (var issuance : issuances()) {
            if (issuance.serial().isEmpty()) continue;
            for (var account : accounts) {
                long tonnes = ledger.credits(account.id(), issuance.serial().get().tokenId());
                if (tonnes > 0) list.add(new Holding(account.id(), issuance.serial().get().tokenId(), issuance.serial(), tonnes));
            }
        }
        return list;
    }

    @Override
    public String transfer(String requestId, String fromAccount, String toAccount, long tokenId, long tonnes) {
        var key = "transfer/" + request(requestId);
        if (ledger().find(key).isEmpty()) {
            if (fromAccount.equals(toAccount)) throw invalid("to", toAccount, "another account than " + fromAccount);
            enough(fromAccount, tokenId, tonnes);
            account(toAccount);
        }
        ledger().request(new Effect.Transfer(key, fromAccount, toAccount, tokenId, tonnes));
        return key;
    }

    @Override
    public Retirement retire(String requestId, String accountId, long tokenId, long tonnes, String beneficiary, String reason) {
        var key = "retire/" + request(requestId);
        text("beneficiary", beneficiary, true);
        text("reason", reason, false);
        var row = new RegistryTables.RetirementRow("retirement-" + Hash.sha256(key.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 20), accountId, tokenId, tonnes, beneficiary, reason, key, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        var known = database.read(RegistryTables::retirements).stream().filter(r -> r.effectKey().equals(key)).findFirst();
        if (known.isEmpty()) enough(accountId, tokenId, tonnes);
        var kept = database.transact(c -> {
            var other = RegistryTables.retirements(c).stream().filter(r -> r.effectKey().equals(key)).findFirst();
            if (other.isPresent()) return other.get();
            RegistryTables.insert(c, row);
            return row;
        });
        if (kept.tokenId() != tokenId || kept.tonnes() != tonnes || !kept.accountId().equals(accountId) || !kept.beneficiary().equals(beneficiary) || !kept.reason().equals(reason)) {
            throw new CarboException.Conflict(new Problem("request.differs", "requestId", requestId, "a new request id: this one asked for another retirement before"));
        }
        ledger().request(new Effect.Retire(key, accountId, tokenId, tonnes, beneficiary, reason));
        publish("credit", kept.id(), Map.of("retired", tonnes, "token", tokenId));
        return retirement(kept);
    }

    private Retirement retirement(RegistryTables.RetirementRow row) {
        var effect = services.ledger.get().flatMap(l -> l.find(row.effectKey()));
        var done = effect.filter(e -> e.status() == EffectState.Status.DONE);
        var serial = done.flatMap(e -> byToken(row.tokenId()).flatMap(CreditBatch::serial)
                .map(s -> new Serial(s.projectId(), s.from(), s.to(), s.tokenId(), Long.parseLong(e.result().get("serialFirst")), Long.parseLong(e.result().get("serialLast")))));
        return new Retirement(row.id(), row.accountId(), row.tokenId(), row.tonnes(), row.beneficiary(), row.reason(), serial, effect.map(EffectState::status).orElse(EffectState.Status.REQUESTED), row.effectKey(),
                effect.flatMap(EffectState::transaction), row.requestedAt());
    }

    @Override
    public Optional<Retirement> retirement(String id) {
        return database.read(RegistryTables::retirements).stream().filter(r -> r.id().equals(id)).findFirst().map(this::retirement);
    }

    @Override
    public List<Retirement> retirements() {
        return database.read(RegistryTables::retirements).stream().map(this::retirement).toList();
    }

    @Override
    public String certificate(String retirementId) {
        var retirement = retirement(retirementId).orElseThrow(() -> new CarboException.NotFound("retirement", retirementId));
        if (retirement.serial().isEmpty()) throw new CarboException.Conflict(new Problem("retirement.not-done", "retirement", retirementId + " is " + retirement.status(), "a retirement that is DONE on chain"));
        var issuance = byToken(retirement.tokenId()).orElseThrow(() -> new CarboException.NotFound("token", Long.toString(retirement.tokenId())));
        var project = project(issuance.projectId()).orElseThrow(() -> new CarboException.NotFound("project", issuance.projectId()));
        var effect = ledger().find(retirement.effectKey()).orElseThrow();
        return Certificate.html(retirement, issuance, project, ledger().account(retirement.accountId()).map(Ledger.Account::holder).orElse(retirement.accountId()), effect, ledger().network());
    }

    @Override
    public Trace trace(long tokenId) {
        return new CreditTrace(this).of(byToken(tokenId).orElseThrow(() -> new CarboException.NotFound("token", Long.toString(tokenId))));
    }

    // ---- help

    HourBatch batch(String id) {
        return services.need(services.batches, "batches").find(id).orElseThrow(() -> new CarboException.NotFound("batch", id));
    }

    /** The exact versions of the batch, in its order. */
    private List<HourlyRecord> hours(HourBatch batch) {
        var hours = services.need(services.hours, "hours");
        var newest = new HashMap<String, HourlyRecord>();
        hours.find(batch.sourceId(), batch.from(), batch.to(), Optional.empty()).forEach(h -> newest.put(h.id(), h));
        return batch.hourIds().stream().map(id -> Optional.ofNullable(newest.get(id)).or(() -> hours.byId(id)).orElseThrow(() -> new CarboException.NotFound("hour", id))).toList();
    }

    private Methodology methodology(String id) {
        return services.methodology.apply(id).orElseThrow(() -> invalid("methodology", id, "one of " + services.methodologies.get()));
    }

    private Ledger.Account account(String id) {
        return ledger().account(id).orElseThrow(() -> new CarboException.NotFound("account", id));
    }

    private void enough(String accountId, long tokenId, long tonnes) {
        if (tonnes < 1) throw invalid("tonnes", Long.toString(tonnes), "whole tonnes, at least 1");
        account(accountId);
        if (byToken(tokenId).isEmpty()) throw new CarboException.NotFound("token", Long.toString(tokenId));
        long held = ledger().credits(accountId, tokenId);
        if (held < tonnes) throw new CarboException.Conflict(new Problem("credits.too-few", "tonnes", Long.toString(tonnes), "at most the " + held + " that " + accountId + " holds of token " + tokenId));
    }

    private static String request(String requestId) {
        if (requestId == null || !requestId.matches("[A-Za-z0-9._:/-]{1,100}")) throw invalid("requestId", requestId, "1 to 100 letters, digits and . _ : / -");
        return requestId;
    }

    private static void text(String field, String value, boolean required) {
        if (value == null || required && value.isBlank() || value.length() > LONGEST_TEXT) throw invalid(field, value, (required ? "1" : "0") + " to " + LONGEST_TEXT + " characters");
    }

    private void publish(String topic, String subject, Map<String, Object> values) {
        services.events.get().ifPresent(e -> e.publish(new LiveEvent(topic, subject, Instant.now(clock), values)));
    }

    private static CarboException.Invalid invalid(String field, String value, String expected) {
        return new CarboException.Invalid(new Problem("credit.invalid", field, value, expected));
    }
}
