package org.carbomt.emissions.hours;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.carbomt.api.CarboException;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.canonical.MerkleTree;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.EmissionSource.ChannelRef;
import org.carbomt.api.emission.HourInput;
import org.carbomt.api.emission.HourResult;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.HourlyRecord.Status;
import org.carbomt.api.emission.RuleBook;
import org.carbomt.api.journal.Entry;
import org.carbomt.api.journal.StoredEntry;
import org.carbomt.api.reading.Channel;
import org.carbomt.api.reading.Grade;
import org.carbomt.api.reading.ReadingBlock;
import org.carbomt.emissions.part75.Part75RuleBook;
import org.carbomt.field.journal.SegmentedJournal;
import org.carbomt.platform.store.RelationalStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class HourAccountsTest {
    private static final Instant T0 = Instant.parse("2026-03-01T00:00:00Z");
    private static final Channel CO2 = new Channel("co2", "%", Grade.MEASURED);
    private static final Channel FLOW = new Channel("flow", "[scf]/h", Grade.MEASURED);
    private static final EmissionSource STACK = new EmissionSource("stack", "site", "Stack 1", "part75", "F-11-wet", Map.of("co2", new ChannelRef("cems", "co2"), "flow", new ChannelRef("cems", "flow")), Map.of(), "operator", Optional.empty());
    private static final EmissionSource UNIT = new EmissionSource("unit", "site", "Unit 1", "part75", "G-4", Map.of("heatInput", new ChannelRef("dahs", "heatInput"), "operatingTime", new ChannelRef("dahs", "operatingTime")),
            Map.of("Fc", new BigDecimal("1040")), "operator", Optional.empty());

    @TempDir
    Path folder;
    private RelationalStore store;
    private SegmentedJournal journal;
    private HourAccounts accounts;
    private Instant now = T0;
    private RuleBook rules = new Part75RuleBook("1.0.0");
    private long followed;

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @BeforeEach
    void open(TestInfo info) throws Exception {
        store = RelationalStore.forTest("hours-" + info.getTestMethod().orElseThrow().getName());
        journal = new SegmentedJournal(folder, 1 << 20, 1 << 20);
        accounts = accounts();
        accounts.put(STACK);
        accounts.put(UNIT);
    }

    private HourAccounts accounts() {
        return new HourAccounts(store.open("org.carbomt.emissions.hours", getClass().getClassLoader(), "db/emissions_hours.xml"),
                new HourAccounts.Services(() -> Optional.of(journal), id -> Optional.ofNullable(rules).filter(r -> r.id().equals(id)), () -> List.of("part75"), Optional::empty), clock, Duration.ofMinutes(10));
    }

    @AfterEach
    void close() throws Exception {
        journal.close();
        store.close();
    }

    private static Entry stack(Instant time, double co2, double flow) {
        return new Entry("cems", "mqtt", "cems@1", Hash.sha256(), false, OptionalLong.empty(), time, new byte[] {1}, ReadingBlock.row(List.of(CO2, FLOW), time.toEpochMilli(), co2, flow));
    }

    private static Entry unit(Instant hour, double heatInput, double operatingTime) {
        return new Entry("dahs", "http", "dahs@1", Hash.sha256(), true, OptionalLong.empty(), hour, new byte[] {1},
                ReadingBlock.row(List.of(new Channel("heatInput", "[mmBtu]", Grade.MEASURED), new Channel("operatingTime", "h", Grade.MEASURED)), hour.toEpochMilli(), heatInput, operatingTime));
    }

    private void append(Entry... entries) {
        journal.append(List.of(entries)).join();
        accounts.entries(journal.read(followed, 100_000));
        followed = journal.nextSequence();
    }

    private void minutes(Instant hour, double co2, double flow) {
        var rows = new java.util.ArrayList<Entry>();
        for (int m = 0; m < 60; m++) rows.add(stack(hour.plusSeconds(60L * m), co2, flow));
        append(rows.toArray(Entry[]::new));
    }

    private List<HourlyRecord> hours(String source) {
        return accounts.find(source, T0.minus(Duration.ofDays(400)), T0.plus(Duration.ofDays(400)), Optional.empty());
    }

    @Test
    void anHourIsComputedWhenAReadingOfTheNextOneComes() {
        minutes(T0, 11.2, 25_000_000);
        assertTrue(hours("stack").isEmpty());
        append(stack(T0.plusSeconds(3600), 11.2, 25_000_000));
        var hour = hours("stack").get(0);
        // 5.7e-7 * 11.2 * 25,000,000 = 159.6
        assertEquals(new BigDecimal("159.6"), hour.massShortTons().orElseThrow());
        assertEquals("part75@1.0.0", hour.ruleBook());
        assertEquals(60, hour.entries());
        assertEquals(1, hours("stack").size());
        assertEquals(journal.nextSequence(), accounts.computedThrough());
    }

    @Test
    void anHourIsComputedByTheClockWhenNothingFollows() {
        now = T0.plusSeconds(3599);
        minutes(T0, 11.2, 25_000_000);
        now = T0.plusSeconds(3600 + 599);
        accounts.tick();
        assertTrue(hours("stack").isEmpty());
        now = T0.plusSeconds(3600 + 601);
        accounts.tick();
        assertEquals(1, hours("stack").size());
    }

    @Test
    void theSilenceOfALiveSourceIsMissingNeverZero() {
        minutes(T0, 11.2, 25_000_000);
        now = T0.plus(Duration.ofHours(4)).plusSeconds(601);
        accounts.tick();
        assertEquals(List.of(Status.MEASURED, Status.MISSING, Status.MISSING, Status.MISSING), hours("stack").stream().map(HourlyRecord::status).toList());
        assertTrue(hours("stack").get(1).massShortTons().isEmpty());
        assertEquals("no-data", hours("stack").get(1).reason());
    }

    @Test
    void anImportOfThePastDoesNotFillTheYearsUntilToday() {
        append(unit(T0.minus(Duration.ofDays(300)), 1275.6, 1));
        now = T0.plusSeconds(1000);
        accounts.tick();
        assertEquals(1, hours("unit").size());
    }

    @Test
    void aPlantDataSystemsHourIsThereAtOnceAndGapsAreFilled() {
        append(unit(T0, 1275.6, 1), unit(T0.plus(Duration.ofHours(3)), 0, 0));
        var hours = hours("unit");
        assertEquals(List.of(Status.MEASURED, Status.MISSING, Status.MISSING, Status.IDLE), hours.stream().map(HourlyRecord::status).toList());
        assertEquals(new BigDecimal("75.8"), hours.get(0).massShortTons().orElseThrow());
        assertEquals(0, hours.get(3).massShortTons().orElseThrow().signum());
    }

    @Test
    void lateDataIsANewVersionAndTheOldOneStaysKnown() {
        append(unit(T0, 1275.6, 1), unit(T0.plus(Duration.ofHours(2)), 1275.6, 1));
        var before = now;
        now = now.plusSeconds(100);
        append(unit(T0.plus(Duration.ofHours(1)), 1200, 1));
        var history = accounts.history("unit", T0.plus(Duration.ofHours(1)));
        assertEquals(List.of(Status.MISSING, Status.MEASURED), history.stream().map(HourlyRecord::status).toList());
        assertEquals("late-data", history.get(1).reason());
        assertEquals(Status.MISSING, accounts.find("unit", T0, T0.plus(Duration.ofHours(3)), Optional.of(before)).get(1).status());
        assertEquals(1, accounts.history("unit", T0).size());
        assertEquals(history.get(1), accounts.byId(history.get(1).id()).orElseThrow());
    }

    @Test
    void theDerivationOfEveryVersionHasItsRoot() {
        minutes(T0, 11.2, 25_000_000);
        append(stack(T0.plusSeconds(3600), 11.2, 25_000_000));
        append(stack(T0.plusSeconds(30), 13.0, 25_000_000));
        var history = accounts.history("stack", T0);
        assertEquals(2, history.size());
        for (var version : history) {
            var entries = accounts.derivation(version);
            assertEquals(version.entries(), entries.size());
            assertEquals(version.readingsRoot(), new MerkleTree(entries.stream().map(StoredEntry::leaf).toList()).root());
            assertEquals(version.firstSequence(), entries.get(0).sequence());
        }
    }

    @Test
    void recomputingWithOtherRulesMakesVersionsOnlyWhereTheOutcomeDiffers() {
        append(unit(T0, 1275.6, 1), unit(T0.plus(Duration.ofHours(1)), 0, 0));
        var inner = new Part75RuleBook("2.0.0");
        rules = new RuleBook() {
            @Override
            public String id() {
                return "part75";
            }

            @Override
            public String version() {
                return "2.0.0";
            }

            @Override
            public Map<String, Set<String>> methods() {
                return inner.methods();
            }

            @Override
            public Map<String, BigDecimal> parameters() {
                return inner.parameters();
            }

            @Override
            public HourResult compute(HourInput hour) {
                return inner.compute(hour) instanceof HourResult.Mass m ? new HourResult.Mass(m.massShortTons().add(BigDecimal.ONE), m.clause(), false, m.uncertaintyPercent(), m.steps()) : inner.compute(hour);
            }
        };
        var made = accounts.recompute("unit", T0, T0.plus(Duration.ofHours(2)), "rules changed", p -> assertEquals(2, p.done()));
        assertEquals(1, made.size());
        assertEquals("part75@2.0.0", made.get(0).ruleBook());
        assertEquals(2, made.get(0).version());
        assertEquals("rules changed", made.get(0).reason());
    }

    @Test
    void hoursWaitForAnAbsentRuleBookAndAreNotLost() {
        rules = null;
        append(unit(T0, 1275.6, 1));
        assertTrue(hours("unit").isEmpty());
        assertTrue(accounts.computedThrough() < journal.nextSequence());
        accounts = accounts();
        rules = new Part75RuleBook("1.0.1");
        accounts.tick();
        assertEquals("part75@1.0.1", hours("unit").get(0).ruleBook());
        assertEquals(journal.nextSequence(), accounts.computedThrough());
    }

    @Test
    void entriesSeenTwiceAfterARestartChangeNothing() {
        append(unit(T0, 1275.6, 1));
        accounts = accounts();
        assertEquals(journal.nextSequence(), accounts.nextSequence());
        accounts.entries(journal.read(0, 10));
        assertEquals(1, accounts.history("unit", T0).size());
    }

    @Test
    void aMisspeltParameterIsRefused() {
        var bad = new EmissionSource("misspelt", "site", "Unit", "part75", "G-4", UNIT.inputs(), Map.of("fc", new BigDecimal("1000")), "operator", Optional.empty());
        var problem = assertThrows(CarboException.Invalid.class, () -> accounts.put(bad)).problem();
        assertEquals("parameters.fc", problem.field());
        assertTrue(problem.expected().contains("Fc"), problem.expected());
        accounts.put(new EmissionSource("most", "site", "Unit", "part75", "G-4", UNIT.inputs(), Map.of(EmissionSource.MOST, new BigDecimal("900"), "uFcPercent", BigDecimal.ONE), "operator", Optional.empty()));
    }

    @Test
    void readingsBeforeTheSourceWasRegisteredCount() {
        append(unit(T0, 1275.6, 1));
        accounts.put(new EmissionSource("second", "site", "Unit again", "part75", "G-4", UNIT.inputs(), UNIT.parameters(), "operator", Optional.empty()));
        assertEquals(1, hours("second").size());
    }

    @Test
    void aSourceThatCannotBeComputedIsRefused() {
        var bad = new EmissionSource("x", "site", "x", "part75", "F-11-dry", STACK.inputs(), Map.of(), "operator", Optional.empty());
        assertEquals("inputs.h2o", assertThrows(CarboException.Invalid.class, () -> accounts.put(bad)).problem().field());
    }

    @Test
    void aMeanHasNoBinaryDustWhateverTheOrder() {
        var entries = new java.util.ArrayList<Entry>();
        for (int m = 0; m < 60; m++) entries.add(stack(T0.plusSeconds(60L * m), m % 3 == 0 ? 0.1 : m % 3 == 1 ? 0.2 : 0.3, 1));
        var assembler = new HourAssembler();
        assertEquals(0.2, assembler.hour(STACK, T0, entries).channels().get("co2").mean());
        Collections.reverse(entries);
        assertEquals(0.2, assembler.hour(STACK, T0, entries).channels().get("co2").mean());
    }

    @Test
    void theWorstGradeOfTheInputsIsTheHours() {
        var indicative = new Entry("cems", "mqtt", "cems@1", Hash.sha256(), false, OptionalLong.empty(), T0, new byte[] {1}, ReadingBlock.row(List.of(CO2, FLOW.withGrade(Grade.SYNTHETIC)), T0.toEpochMilli(), 1, 1));
        append(indicative, stack(T0.plusSeconds(3600), 11.2, 25_000_000));
        assertEquals(Grade.SYNTHETIC, hours("stack").get(0).grade());
    }
}
