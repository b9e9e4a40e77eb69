package org.carbomt.verification.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.carbomt.api.CarboException;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.EmissionSources;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.HourlyRecord.Status;
import org.carbomt.api.emission.Hours;
import org.carbomt.api.identity.Identity;
import org.carbomt.api.identity.Person;
import org.carbomt.api.identity.Role;
import org.carbomt.api.reading.Grade;
import org.carbomt.api.store.Database;
import org.carbomt.api.verification.Check;
import org.carbomt.api.verification.Finding;
import org.carbomt.api.verification.Severity;
import org.carbomt.api.verification.VerificationCase;
import org.carbomt.platform.store.RelationalStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class CaseWorkflowTest {
    private static final Instant T0 = Instant.parse("2020-03-01T00:00:00Z");
    private final List<HourlyRecord> hours = new ArrayList<>();
    private final Map<String, Person> people = new HashMap<>();
    private EmissionSource source = new EmissionSource("unit", "site", "Unit", "part75", "G-4", Map.of(), Map.of(), "operator-inc", Optional.empty());
    private final List<Check> checks = new ArrayList<>(RuleChecks.all("1"));
    private final AtomicInteger counter = new AtomicInteger();
    private RelationalStore store;
    private Database database;
    private CaseWorkflow workflow;
    private KeyPair key;

    static HourlyRecord hour(int i, int version, Status status, String mass, Map<String, BigDecimal> steps) {
        return new HourlyRecord("unit", T0.plus(Duration.ofHours(i)), version, status, Optional.ofNullable(mass).map(BigDecimal::new), mass == null ? Optional.empty() : Optional.of(BigDecimal.TEN), Grade.MEASURED, "part75@1", "G-4", "", "", steps,
                Hash.sha256(), i, 1, T0);
    }

    @SuppressWarnings("unchecked")
    private static <T> T only(Class<T> type, Map<String, java.util.function.Function<Object[], Object>> methods) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (p, m, a) -> methods.get(m.getName()).apply(a));
    }

    @BeforeEach
    void open(TestInfo info) throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        key = generator.generateKeyPair();
        var publicKey = Optional.of(Base64.getEncoder().encodeToString(key.getPublic().getEncoded()));
        person("anna", "operator-inc", Role.OPERATOR, Optional.empty());
        person("vera", "verify-ltd", Role.VERIFIER, publicKey);
        person("olga", "operator-inc", Role.VERIFIER, publicKey);
        person("tom", "trade-ltd", Role.TRADER, publicKey);
        for (int i = 0; i < 48; i++) hours.add(hour(i, 1, Status.MEASURED, "7" + i % 10 + ".5", Map.of()));
        store = RelationalStore.forTest("workflow-" + info.getTestMethod().orElseThrow().getName());
        database = store.open("org.carbomt.verification.workflow", getClass().getClassLoader(), "db/verification_workflow.xml");
        workflow = workflow(Set.of());
    }

    private CaseWorkflow workflow(Set<String> expectedChecks) {
        return new CaseWorkflow(database, new CaseWorkflow.Services(
                () -> Optional.of(only(Hours.class, Map.of("find", a -> hours.stream().filter(h -> !h.hourStart().isBefore((Instant) a[1]) && h.hourStart().isBefore((Instant) a[2])).toList()))),
                () -> Optional.of(only(EmissionSources.class, Map.of("find", a -> a[0].equals("unit") ? Optional.of(source) : Optional.empty()))),
                () -> Optional.of(only(Identity.class, Map.of("find", a -> Optional.ofNullable(people.get((String) a[0]))))), () -> checks, Optional::empty), expectedChecks, Clock.fixed(T0, ZoneOffset.UTC), () -> "" + counter.incrementAndGet());
    }

    private void person(String id, String organisation, Role role, Optional<String> signingKey) {
        people.put(id, new Person(id, id, organisation, Set.of(role), signingKey, Set.of()));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private String sign(String statement) throws Exception {
        var ecdsa = Signature.getInstance("SHA256withECDSA");
        ecdsa.initSign(key.getPrivate());
        ecdsa.update(statement.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(ecdsa.sign());
    }

    private VerificationCase opened() {
        return workflow.open("unit", T0, T0.plus(Duration.ofHours(48)), "anna");
    }

    @Test
    void aVerifierOfAnotherOrganisationSigns() throws Exception {
        var id = opened().id();
        var signed = workflow.sign(id, "vera", true, "", sign(workflow.statement(id, "vera", true, "")));
        assertEquals(VerificationCase.Status.SIGNED, signed.status());
        assertEquals(signed, workflow.find(id).orElseThrow());
        assertTrue(signed.signature().orElseThrow().statement().contains("\"verdict\":\"ACCEPT\""));
    }

    @Test
    void theOperatorsSideNeverSignsItsOwnHours() throws Exception {
        var id = opened().id();
        for (var who : List.of("anna", "olga", "tom")) {
            var signature = sign(workflow.statement(id, who, true, ""));
            assertThrows(CarboException.Forbidden.class, () -> workflow.sign(id, who, true, "", signature), who);
        }
        assertEquals(VerificationCase.Status.OPEN, workflow.find(id).orElseThrow().status());
    }

    @Test
    void aSignatureOverAnotherVerdictIsRefused() throws Exception {
        var id = opened().id();
        var refusal = sign(workflow.statement(id, "vera", false, "no"));
        assertEquals("signature.wrong", assertThrows(CarboException.Invalid.class, () -> workflow.sign(id, "vera", true, "", refusal)).problem().code());
        assertEquals("signature.wrong", assertThrows(CarboException.Invalid.class, () -> workflow.sign(id, "vera", true, "", "not base64!")).problem().code());
    }

    @Test
    void aBlockingFindingStandsInTheWayUntilItIsClearedWithAReason() throws Exception {
        source = new EmissionSource("unit", "site", "Unit", "part75", "G-4", Map.of(), Map.of("maxShortTonsPerHour", new BigDecimal("79")), "operator-inc", Optional.empty());
        var id = opened().id();
        var findings = workflow.findings(id).stream().filter(f -> f.severity() == Severity.BLOCKING).toList();
        assertEquals(4, findings.size());
        assertThrows(CarboException.Conflict.class, () -> workflow.sign(id, "vera", true, "", sign(workflow.statement(id, "vera", true, ""))));
        for (var f : findings) {
            assertThrows(CarboException.Forbidden.class, () -> workflow.clear(f.id(), "anna", "fine"));
            assertThrows(CarboException.Invalid.class, () -> workflow.clear(f.id(), "vera", " "));
            assertEquals("vera", workflow.clear(f.id(), "vera", "the limit is of the former burner").clearedBy());
        }
        workflow.sign(id, "vera", true, "", sign(workflow.statement(id, "vera", true, "")));
        assertEquals(1, workflow.findingsOfHour(findings.get(0).hourId()).size());
    }

    @Test
    void clearingAFindingChangesWhatIsSigned() throws Exception {
        hours.set(5, hour(5, 1, Status.MISSING, null, Map.of()));
        var id = opened().id();
        var before = workflow.statement(id, "vera", true, "");
        workflow.clear(workflow.findings(id).get(0).id(), "vera", "seen");
        assertThrows(CarboException.Invalid.class, () -> workflow.sign(id, "vera", true, "", sign(before)));
    }

    @Test
    void hoursCorrectedSinceCannotBeAccepted() throws Exception {
        var id = opened().id();
        hours.set(7, hour(7, 2, Status.MEASURED, "70.0", Map.of()));
        assertEquals("hour.newer-version", assertThrows(CarboException.Conflict.class, () -> workflow.sign(id, "vera", true, "", sign(workflow.statement(id, "vera", true, "")))).problem().code());
        workflow.sign(id, "vera", false, "corrected since", sign(workflow.statement(id, "vera", false, "corrected since")));
        assertEquals(VerificationCase.Status.OPEN, opened().status());
    }

    @Test
    void anHourNotComputedOrAPeriodWithAnOpenCaseIsRefused() {
        assertEquals("2020-03-03T00:00:00Z", assertThrows(CarboException.Conflict.class, () -> workflow.open("unit", T0, T0.plus(Duration.ofHours(49)), "anna")).problem().value());
        opened();
        assertEquals("case.open", assertThrows(CarboException.Conflict.class, () -> workflow.open("unit", T0.plus(Duration.ofHours(47)), T0.plus(Duration.ofHours(48)), "anna")).problem().code());
    }

    @Test
    void aCheckThatFailsBlocks() {
        checks.clear();
        checks.add(check("x", 720, (hours, history, verified) -> {
            throw new IllegalStateException("broken");
        }));
        assertEquals(Severity.BLOCKING, workflow.findings(opened().id()).get(0).severity());
    }

    @Test
    void aCheckWhoseClassesAreGoneBlocks() {
        checks.clear();
        checks.add(check("x", 720, (hours, history, verified) -> {
            throw new NoClassDefFoundError("gone");
        }));
        assertEquals(Severity.BLOCKING, workflow.findings(opened().id()).get(0).severity());
    }

    private interface Body {
        List<Check.Note> check(List<HourlyRecord> hours, int history, Set<String> verified);
    }

    private static Check check(String id, int contextHours, Body body) {
        return new Check() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public String version() {
                return "7";
            }

            @Override
            public int contextHours() {
                return contextHours;
            }

            @Override
            public List<Note> check(EmissionSource source, List<HourlyRecord> hours, int history) {
                throw new AssertionError("the workflow tells what is verified");
            }

            @Override
            public List<Note> check(EmissionSource source, List<HourlyRecord> hours, int history, Set<String> verified) {
                return body.check(hours, history, verified);
            }
        };
    }

    @Test
    void theCaseTellsWhichChecksWereMade() {
        checks.removeIf(c -> !c.id().equals("range"));
        var findings = workflow.findings(opened().id());
        assertEquals(List.of("Checks made: range 1."), findings.stream().map(Finding::message).toList());
        assertEquals(Severity.INFO, findings.get(0).severity());
    }

    @Test
    void anExpectedCheckThatIsAbsentIsAFindingAndStopsNothing() throws Exception {
        workflow = workflow(Set.of("weka.expected-mass", "range"));
        var id = opened().id();
        var absent = workflow.findings(id).stream().filter(f -> f.checkVersion().equals("absent")).toList();
        assertEquals(List.of("The check weka.expected-mass was not made: it is not in service."), absent.stream().map(Finding::message).toList());
        assertEquals(Severity.WARNING, absent.get(0).severity());
        assertEquals(VerificationCase.Status.SIGNED, workflow.sign(id, "vera", true, "", sign(workflow.statement(id, "vera", true, ""))).status());
    }

    @Test
    void aCheckGetsAsMuchContextAsItWantsAndLearnsWhatOfItIsVerified() throws Exception {
        var first = opened().id();
        workflow.sign(first, "vera", true, "", sign(workflow.statement(first, "vera", true, "")));
        for (int i = 48; i < 96; i++) hours.add(hour(i, 1, Status.MEASURED, "7" + i % 10 + ".5", Map.of()));
        // corrected since: another version than the verified one
        hours.set(47, hour(47, 2, Status.MEASURED, "70.0", Map.of()));
        checks.clear();
        var seen = new HashMap<String, String>();
        for (int wanted : new int[] {0, 2, 30, 1_000_000, -5}) {
            checks.add(check("c" + wanted, wanted, (all, history, verified) -> {
                seen.put("c" + wanted, history + " of " + all.size() + ", verified " + verified.size() + ", the last " + verified.contains(all.get(history).id()));
                return List.of();
            }));
        }
        workflow.open("unit", T0.plus(Duration.ofHours(48)), T0.plus(Duration.ofHours(96)), "anna");
        assertEquals(Map.of("c0", "0 of 48, verified 47, the last false", "c-5", "0 of 48, verified 47, the last false", "c2", "2 of 50, verified 47, the last false", "c30", "30 of 78, verified 47, the last false",
                "c1000000", "48 of 96, verified 47, the last false"), seen);
    }

    @Test
    void aValueThatStandsStillForADayBlocks() {
        for (int i = 10; i < 40; i++) hours.set(i, hour(i, 1, Status.MEASURED, "75.0", Map.of()));
        var finding = workflow.findings(opened().id()).get(0);
        assertEquals("stuck-value", finding.checkId());
        assertEquals("30", finding.evidence().get("hours"));
        assertEquals(Severity.BLOCKING, finding.severity());
    }

    @Test
    void aJumpAtConstantLoadIsNoticed() {
        var load = Map.of("loadMw", new BigDecimal("100"));
        hours.set(20, hour(20, 1, Status.MEASURED, "75.0", load));
        hours.set(21, hour(21, 1, Status.MEASURED, "20.0", load));
        assertEquals("rate-of-change", workflow.findings(opened().id()).get(0).checkId());
    }
}
