package org.carbomt.verification.workflow;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.canonical.CanonicalJson;
import org.carbomt.api.canonical.MerkleTree;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.EmissionSources;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.Hours;
import org.carbomt.api.event.LiveEvent;
import org.carbomt.api.event.LiveEvents;
import org.carbomt.api.identity.Identity;
import org.carbomt.api.identity.Person;
import org.carbomt.api.identity.Role;
import org.carbomt.api.store.Database;
import org.carbomt.api.verification.Check;
import org.carbomt.api.verification.Finding;
import org.carbomt.api.verification.Severity;
import org.carbomt.api.verification.VerificationCase;
import org.carbomt.api.verification.VerificationCase.Status;
import org.carbomt.api.verification.Verifications;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cases, findings and the verifier's signature. */
final class CaseWorkflow implements Verifications {
    private static final Logger LOG = LoggerFactory.getLogger(CaseWorkflow.class);
    private static final int MOST_HOURS = 9_000;
    private static final int MOST_CONTEXT_HOURS = 8_784;
    private static final int LONGEST_REASON = 2_000;
    /** Order of the curve P-256 (FIPS 186-4, D.1.2.3). */
    private static final String P256_ORDER = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

    /** What it works with; each may be absent for a while. */
    record Services(Supplier<Optional<Hours>> hours, Supplier<Optional<EmissionSources>> sources, Supplier<Optional<Identity>> identity, Supplier<List<Check>> checks, Supplier<Optional<LiveEvents>> events) {}

    private final Database database;
    private final Services services;
    private final Set<String> expectedChecks;
    private final Clock clock;
    private final Supplier<String> newId;

    /**
     * @param expectedChecks ids of checks whose absence is a finding
     * @param newId unique text for ids
     */
    CaseWorkflow(Database database, Services services, Set<String> expectedChecks, Clock clock, Supplier<String> newId) {
        this.database = database;
        this.services = services;
        this.expectedChecks = Set.copyOf(expectedChecks);
        this.clock = clock;
        this.newId = newId;
    }

    @Override
    public VerificationCase open(String sourceId, Instant from, Instant to, String openedBy) {
        var source = source(sourceId);
        if (!from.equals(from.truncatedTo(ChronoUnit.HOURS))) throw invalid("from", from.toString(), "the start of a clock hour, UTC");
        if (!to.equals(to.truncatedTo(ChronoUnit.HOURS)) || !to.isAfter(from)) throw invalid("to", to.toString(), "the start of a clock hour after from, UTC");
        if (Duration.between(from, to).toHours() > MOST_HOURS) throw invalid("to", to.toString(), "at most " + MOST_HOURS + " hours after from");
        var hours = need(services.hours, "hours");
        var period = hours.find(sourceId, from, to, Optional.empty());
        var next = from;
        for (var h : period) {
            if (!h.hourStart().equals(next)) break;
            next = next.plus(1, ChronoUnit.HOURS);
        }
        if (!next.equals(to)) throw new CarboException.Conflict(new Problem("hour.not-computed", "hour", next.toString(), "an hour of " + sourceId + " that is computed; wait or choose another period"));
        var checks = services.checks.get();
        var context = hours.find(sourceId, from.minus(Duration.ofHours(checks.stream().mapToInt(CaseWorkflow::contextHours).max().orElse(0))), from, Optional.empty());
        var findings = findings(checks, source, context, period);
        var root = new MerkleTree(period.stream().map(HourlyRecord::leaf).toList()).root();
        var opened = new VerificationCase("case-" + newId.get(), sourceId, from, to, period.stream().map(HourlyRecord::id).toList(), root, Status.OPEN, openedBy, clock.instant().truncatedTo(ChronoUnit.MILLIS), Optional.empty());
        database.<Void>transact(c -> {
            for (var other : CaseTables.cases(c, "source_id = ? and state = 'OPEN'", sourceId)) {
                if (other.from().isBefore(to) && from.isBefore(other.to())) throw new CarboException.Conflict(new Problem("case.open", "case", other.id(), "a period without an open case; sign or refuse that one first"));
            }
            CaseTables.insert(c, opened);
            CaseTables.insert(c, opened.id(), findings);
            return null;
        });
        publish(opened);
        return opened;
    }

    private static int contextHours(Check check) {
        return Math.max(0, Math.min(check.contextHours(), MOST_CONTEXT_HOURS));
    }

    private List<Finding> findings(List<Check> checks, EmissionSource source, List<HourlyRecord> context, List<HourlyRecord> period) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var first = period.get(0);
        var verified = verified(source.id(), context);
        var findings = new ArrayList<Finding>();
        for (var check : checks) {
            for (var note : notes(check, source, context, period, verified)) findings.add(finding(check.id(), check.version(), note, now));
        }
        var ids = checks.stream().map(Check::id).collect(Collectors.toSet());
        for (var absent : new TreeSet<>(expectedChecks)) {
            if (!ids.contains(absent)) findings.add(finding(absent, "absent", new Check.Note(first.id(), Severity.WARNING, "The check " + absent + " was not made: it is not in service.", Map.of()), now));
        }
        var made = checks.stream().map(c -> c.id() + " " + c.version()).toList();
        findings.add(finding("checks", "1", new Check.Note(first.id(), Severity.INFO, made.isEmpty() ? "No check was made." : "Checks made: " + String.join(", ", made) + ".",
                Map.of("made", String.join(", ", made), "contextHours", Integer.toString(context.size()), "verifiedContextHours", Integer.toString(verified.size()))), now));
        return findings;
    }

    private static List<Check.Note> notes(Check check, EmissionSource source, List<HourlyRecord> context, List<HourlyRecord> period, Set<String> verified) {
        var from = period.get(0).hourStart().minus(Duration.ofHours(contextHours(check)));
        var hours = new ArrayList<>(context.stream().filter(h -> !h.hourStart().isBefore(from)).toList());
        int history = hours.size();
        hours.addAll(period);
        try {
            return check.check(source, hours, history, verified);
        } catch (RuntimeException | LinkageError e) {
            // A check that cannot look must not read as 'nothing found'.
            LOG.error("check {} {} failed on {}", check.id(), check.version(), source.id(), e);
            return List.of(new Check.Note(period.get(0).id(), Severity.BLOCKING, "The check could not be made; it failed with " + e.getClass().getSimpleName() + ".", Map.of()));
        }
    }

    /** Which of these versions stand in a case that a verifier accepted. */
    private Set<String> verified(String sourceId, List<HourlyRecord> hours) {
        if (hours.isEmpty()) return Set.of();
        var accepted = database.read(c -> CaseTables.cases(c, "source_id = ? and state = 'SIGNED'", sourceId)).stream().filter(v -> v.to().isAfter(hours.get(0).hourStart())).flatMap(v -> v.hourIds().stream()).collect(Collectors.toSet());
        return hours.stream().map(HourlyRecord::id).filter(accepted::contains).collect(Collectors.toUnmodifiableSet());
    }

    private Finding finding(String checkId, String checkVersion, Check.Note note, Instant now) {
        return new Finding("finding-" + newId.get(), checkId, checkVersion, note.hourId(), note.severity(), note.message(), note.evidence(), now, "", "");
    }

    @Override
    public Optional<VerificationCase> find(String caseId) {
        return database.read(c -> CaseTables.cases(c, "id = ?", caseId)).stream().findFirst();
    }

    @Override
    public List<VerificationCase> list(Optional<Status> status) {
        return status.isPresent() ? database.read(c -> CaseTables.cases(c, "state = ?", status.get().name())) : database.read(c -> CaseTables.cases(c, "1 = 1"));
    }

    @Override
    public List<Finding> findings(String caseId) {
        return database.read(c -> CaseTables.findings(c, "case_id", caseId));
    }

    @Override
    public List<Finding> findingsOfHour(String hourId) {
        return database.read(c -> CaseTables.findings(c, "hour_id", hourId));
    }

    @Override
    public Finding clear(String findingId, String verifierId, String reason) {
        var caseId = database.read(c -> CaseTables.caseOf(c, findingId)).orElseThrow(() -> new CarboException.NotFound("finding", findingId));
        var open = open(caseId);
        independent(open, verifierId);
        if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) throw invalid("reason", "", "why the finding does not stand in the way, at most " + LONGEST_REASON + " characters");
        boolean done = database.transact(c -> CaseTables.clear(c, findingId, verifierId, reason));
        var finding = database.read(c -> CaseTables.findings(c, "id", findingId)).get(0);
        if (!done && !(finding.clearedBy().equals(verifierId) && finding.clearedReason().equals(reason))) {
            throw new CarboException.Conflict(new Problem("finding.cleared", "finding", findingId, "a finding that is open; this one was cleared by " + finding.clearedBy()));
        }
        return finding;
    }

    @Override
    public String statement(String caseId, String verifierId, boolean accept, String reason) {
        var open = open(caseId);
        if (reason.length() > LONGEST_REASON) throw invalid("reason", reason.length() + " characters", "at most " + LONGEST_REASON + " characters");
        if (!accept && reason.isBlank()) throw invalid("reason", "", "why the case is refused");
        var leaves = findings(caseId).stream().map(f -> MerkleTree.leaf(CanonicalJson.bytes(canonical(f)))).toList();
        var text = new LinkedHashMap<String, Object>();
        text.put("type", "carbomt/verdict/1");
        text.put("case", caseId);
        text.put("source", open.sourceId());
        text.put("from", open.from().toString());
        text.put("to", open.to().toString());
        text.put("hours", open.hourIds().size());
        text.put("hoursRoot", open.hoursRoot().hex());
        text.put("findings", leaves.size());
        text.put("findingsRoot", new MerkleTree(leaves).root().hex());
        text.put("verdict", accept ? "ACCEPT" : "REFUSE");
        text.put("reason", reason);
        text.put("verifier", verifierId);
        return CanonicalJson.text(text);
    }

    private static Map<String, Object> canonical(Finding f) {
        var map = new LinkedHashMap<String, Object>();
        map.put("id", f.id());
        map.put("check", f.checkId() + "@" + f.checkVersion());
        map.put("hour", f.hourId());
        map.put("severity", f.severity().name());
        map.put("message", f.message());
        map.put("evidence", f.evidence());
        map.put("clearedBy", f.clearedBy());
        map.put("clearedReason", f.clearedReason());
        return map;
    }

    @Override
    public VerificationCase sign(String caseId, String verifierId, boolean accept, String reason, String signatureBase64) {
        var open = open(caseId);
        var verifier = independent(open, verifierId);
        var statement = statement(caseId, verifierId, accept, reason);
        var key = verifier.signingKey().orElseThrow(() -> new CarboException.Forbidden(new Problem("signature.no-key", "verifier", verifierId, "a person with a registered P-256 key")));
        if (!signed(key, statement, signatureBase64)) throw new CarboException.Invalid(new Problem("signature.wrong", "signature", signatureBase64, "ECDSA P-256 with SHA-256, DER, base64, over the statement, by the registered key of " + verifierId));
        if (accept) {
            findings(caseId).stream().filter(f -> f.severity() == Severity.BLOCKING && f.clearedBy().isEmpty()).findFirst().ifPresent(f -> {
                throw new CarboException.Conflict(new Problem("finding.blocking", "finding", f.id(), "every blocking finding cleared; open: " + f.message()));
            });
            var newest = need(services.hours, "hours").find(open.sourceId(), open.from(), open.to(), Optional.empty()).stream().map(HourlyRecord::id).toList();
            if (!newest.equals(open.hourIds())) throw new CarboException.Conflict(new Problem("hour.newer-version", "case", caseId, "hours without newer versions; refuse this case and open another"));
        }
        var done = new VerificationCase(open.id(), open.sourceId(), open.from(), open.to(), open.hourIds(), open.hoursRoot(), accept ? Status.SIGNED : Status.REFUSED, open.openedBy(), open.openedAt(),
                Optional.of(new VerificationCase.Signature(verifierId, key, statement, signatureBase64, reason, clock.instant().truncatedTo(ChronoUnit.MILLIS))));
        if (!database.transact(c -> CaseTables.sign(c, done))) throw notOpen(find(caseId).orElseThrow());
        publish(done);
        return done;
    }

    /** Four eyes: the verifier is a verifier, not the opener, and of another organisation than the operator and the opener. */
    private Person independent(VerificationCase open, String verifierId) {
        var identity = need(services.identity, "identity");
        var verifier = identity.find(verifierId).orElseThrow(() -> new CarboException.NotFound("person", verifierId));
        if (!verifier.roles().contains(Role.VERIFIER)) throw forbidden("role", verifierId, "a person with the role verifier");
        if (verifierId.equals(open.openedBy())) throw forbidden("verifier", verifierId, "another person than who opened the case");
        var operator = source(open.sourceId()).operatorId();
        var sides = new ArrayList<String>(List.of(operator));
        identity.find(operator).ifPresent(p -> sides.add(p.organisation()));
        identity.find(open.openedBy()).filter(p -> !p.roles().contains(Role.ADMINISTRATOR)).ifPresent(p -> sides.add(p.organisation()));
        if (verifierId.equals(operator) || sides.contains(verifier.organisation())) throw forbidden("organisation", verifier.organisation(), "a verifier of another organisation than the operator's");
        return verifier;
    }

    private static boolean signed(String keyBase64, String statement, String signatureBase64) {
        try {
            var key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(keyBase64)));
            if (!(key instanceof ECPublicKey ec) || !ec.getParams().getOrder().toString(16).equals(P256_ORDER)) return false;
            var ecdsa = Signature.getInstance("SHA256withECDSA");
            ecdsa.initVerify(key);
            ecdsa.update(statement.getBytes(StandardCharsets.UTF_8));
            return ecdsa.verify(Base64.getDecoder().decode(signatureBase64));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }

    private VerificationCase open(String caseId) {
        var found = find(caseId).orElseThrow(() -> new CarboException.NotFound("case", caseId));
        if (found.status() != Status.OPEN) throw notOpen(found);
        return found;
    }

    private static CarboException.Conflict notOpen(VerificationCase found) {
        return new CarboException.Conflict(new Problem("case.closed", "case", found.id(), "an open case; this one is " + found.status()));
    }

    private EmissionSource source(String id) {
        return need(services.sources, "sources").find(id).orElseThrow(() -> new CarboException.NotFound("source", id));
    }

    private static <T> T need(Supplier<Optional<T>> service, String part) {
        return service.get().orElseThrow(() -> new CarboException.Unavailable(new Problem("part.absent", "part", part, "that part in service")));
    }

    private void publish(VerificationCase v) {
        services.events.get().ifPresent(e -> e.publish(new LiveEvent("case", v.id(), clock.instant(), Map.of("source", v.sourceId(), "status", v.status().name()))));
    }

    private static CarboException.Invalid invalid(String field, String value, String expected) {
        return new CarboException.Invalid(new Problem("case.invalid", field, value, expected));
    }

    private static CarboException.Forbidden forbidden(String field, String value, String expected) {
        return new CarboException.Forbidden(new Problem("verifier.not-independent", field, value, expected));
    }

}
