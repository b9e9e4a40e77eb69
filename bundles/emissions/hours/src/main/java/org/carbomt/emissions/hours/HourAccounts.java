package org.carbomt.emissions.hours;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.EmissionSources;
import org.carbomt.api.emission.HourInput;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.Hours;
import org.carbomt.api.emission.RuleBook;
import org.carbomt.api.event.LiveEvent;
import org.carbomt.api.event.LiveEvents;
import org.carbomt.api.journal.Entry;
import org.carbomt.api.journal.Journal;
import org.carbomt.api.journal.StoredEntry;
import org.carbomt.api.store.Database;
import org.carbomt.api.telemetry.Metric;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the hourly records. Entries of the journal mark hours as due, in the transaction that also moves the place in the journal; a due hour is computed as
 * soon as it is over: a reading after its end has come, or the clock has passed its end and nothing came for the grace time, or a plant data system has sent
 * the value of the whole hour. Between the first and the newest hour there is no hole: an hour without readings is MISSING.
 */
final class HourAccounts implements Hours, EmissionSources, Journal.Follower {
    private static final Logger LOG = LoggerFactory.getLogger(HourAccounts.class);
    private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");
    private static final Duration SPAN = Duration.ofDays(31);
    /** A source that had an hour this recently is live: silence makes its hours MISSING by the clock. */
    private static final Duration LIVE = Duration.ofHours(48);

    /** What may come and go. @param ruleBook by id, the highest version. */
    record Services(Supplier<Optional<Journal>> journal, java.util.function.Function<String, Optional<RuleBook>> ruleBook, Supplier<Collection<String>> ruleBookIds,
            Supplier<Optional<LiveEvents>> events) {}

    private final Database database;
    private final Services services;
    private final Clock clock;
    private final Duration grace;
    private final HourAssembler assembler;
    private final Map<String, EmissionSource> sources = new ConcurrentHashMap<>();
    private final SortedMap<String, SortedMap<Instant, HourTables.Due>> due;
    private final Map<String, Instant> newestData = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private long next;
    private volatile long computedThrough;

    HourAccounts(Database database, Services services, Clock clock, Duration grace) {
        this.database = database;
        this.services = services;
        this.clock = clock;
        this.grace = grace;
        this.assembler = new HourAssembler();
        database.read(HourTables::newestSources).forEach(s -> sources.put(s.id(), s));
        due = new TreeMap<>(database.read(HourTables::due));
        next = database.read(HourTables::progress);
        computedThrough = due.isEmpty() ? next : 0;
        due.forEach((source, hours) -> newestData.put(source, hours.lastKey()));
    }

    /** Where the journal must be followed from. */
    long nextSequence() {
        return next;
    }

    List<Metric> metrics() {
        lock.lock();
        try {
            return List.of(Metric.gauge("carbomt_hours_lag_entries", "Entries of the journal that the hourly accounts have not seen.", services.journal.get().map(j -> (double) (j.nextSequence() - next)).orElse(Double.NaN)),
                    Metric.gauge("carbomt_hours_due", "Hours that have readings and are not computed: not over, or without their rule book.", due.values().stream().mapToInt(SortedMap::size).sum()),
                    Metric.gauge("carbomt_hours_sources", "Emission sources.", sources.size()));
        } finally {
            lock.unlock();
        }
    }

    // ---- following the journal

    @Override
    public void entries(List<StoredEntry> entries) {
        lock.lock();
        try {
            var marks = new TreeMap<String, SortedMap<Instant, HourTables.Due>>();
            for (var stored : entries) {
                if (stored.sequence() < next) continue;
                var device = stored.entry().deviceId();
                for (var source : sources.values()) {
                    if (source.inputs().values().stream().anyMatch(ref -> ref.deviceId().equals(device))) mark(source, stored.entry(), marks.computeIfAbsent(source.id(), k -> new TreeMap<>()));
                }
            }
            long last = entries.get(entries.size() - 1).sequence() + 1;
            var gaps = withGaps(marks);
            database.<Void>transact(c -> {
                for (var e : gaps.entrySet()) HourTables.mark(c, e.getKey(), e.getValue().values());
                HourTables.progress(c, Math.max(next, last));
                return null;
            });
            gaps.forEach((source, hours) -> due.computeIfAbsent(source, k -> new TreeMap<>()).putAll(hours));
            next = Math.max(next, last);
            computeReady("late-data");
        } finally {
            lock.unlock();
        }
    }

    private void mark(EmissionSource source, Entry entry, SortedMap<Instant, HourTables.Due> marks) {
        long now = clock.millis();
        boolean whole = entry.wholeHour();
        long lastHour = Long.MIN_VALUE;
        for (long time : entry.block().timesMillis()) {
            newestData.merge(source.id(), Instant.ofEpochMilli(time), (a, b) -> a.isAfter(b) ? a : b);
            long hour = Math.floorDiv(time, 3_600_000L) * 3_600_000L;
            if (hour == lastHour) continue;
            lastHour = hour;
            var start = Instant.ofEpochMilli(hour);
            if (source.accountingFrom().map(start::isBefore).orElse(false)) continue;
            marks.put(start, new HourTables.Due(start, now, whole));
        }
    }

    /** Adds the silent hours between the hours accounted so far and the marked ones. */
    private SortedMap<String, SortedMap<Instant, HourTables.Due>> withGaps(SortedMap<String, SortedMap<Instant, HourTables.Due>> marks) {
        var all = new TreeMap<String, SortedMap<Instant, HourTables.Due>>();
        marks.forEach((id, hours) -> {
            if (hours.isEmpty()) return;
            var source = sources.get(id);
            var complete = new TreeMap<>(hours);
            var oldest = earlier(first(id), hours.firstKey());
            var newest = later(last(id), hours.lastKey());
            if (source.accountingFrom().isPresent() && first(id).isEmpty()) oldest = ceilHour(source.accountingFrom().get());
            var knownFirst = first(id);
            var knownLast = last(id);
            for (var hour = oldest; hour.isBefore(newest); hour = hour.plus(1, ChronoUnit.HOURS)) {
                boolean known = knownFirst.isPresent() && !hour.isBefore(knownFirst.get()) && !hour.isAfter(knownLast.get());
                if (!known && !complete.containsKey(hour)) complete.put(hour, new HourTables.Due(hour, 0, false));
            }
            all.put(id, complete);
        });
        return all;
    }

    private Optional<Instant> first(String id) {
        var recorded = database.read(c -> HourTables.edge(c, id, "min"));
        var waiting = due.get(id);
        return waiting == null || waiting.isEmpty() ? recorded : Optional.of(earlier(recorded, waiting.firstKey()));
    }

    private Optional<Instant> last(String id) {
        var recorded = database.read(c -> HourTables.edge(c, id, "max"));
        var waiting = due.get(id);
        return waiting == null || waiting.isEmpty() ? recorded : Optional.of(later(recorded, waiting.lastKey()));
    }

    private static Instant earlier(Optional<Instant> a, Instant b) {
        return a.isPresent() && a.get().isBefore(b) ? a.get() : b;
    }

    private static Instant later(Optional<Instant> a, Instant b) {
        return a.isPresent() && a.get().isAfter(b) ? a.get() : b;
    }

    private static Instant ceilHour(Instant time) {
        var floor = time.truncatedTo(ChronoUnit.HOURS);
        return floor.equals(time) ? floor : floor.plus(1, ChronoUnit.HOURS);
    }

    /** By the clock: hours that are over, and the silence of live sources. */
    void tick() {
        lock.lock();
        try {
            var now = clock.instant();
            var over = now.minus(grace).truncatedTo(ChronoUnit.HOURS);
            for (var source : sources.values()) {
                var newest = last(source.id());
                if (newest.isEmpty() || newest.get().isBefore(now.minus(LIVE))) continue;
                var silent = new TreeMap<Instant, HourTables.Due>();
                for (var hour = newest.get().plus(1, ChronoUnit.HOURS); hour.isBefore(over); hour = hour.plus(1, ChronoUnit.HOURS)) silent.put(hour, new HourTables.Due(hour, 0, false));
                if (silent.isEmpty()) continue;
                database.<Void>transact(c -> {
                    HourTables.mark(c, source.id(), silent.values());
                    return null;
                });
                due.computeIfAbsent(source.id(), k -> new TreeMap<>()).putAll(silent);
            }
            computeReady("late-data");
        } finally {
            lock.unlock();
        }
    }

    // ---- computing

    private void computeReady(String reason) {
        boolean all = true;
        for (var id : List.copyOf(due.keySet())) {
            var source = sources.get(id);
            var ready = new TreeMap<Instant, HourTables.Due>();
            due.get(id).forEach((hour, d) -> {
                if (over(id, d)) ready.put(hour, d);
            });
            if (ready.isEmpty()) continue;
            try {
                compute(source, List.copyOf(ready.keySet()), reason, true, p -> {});
            } catch (CarboException absent) {
                LOG.warn("hours of {} wait: {}", id, absent.problem().sentence());
                all = false;
            }
        }
        if (all) computedThrough = next;
    }

    private boolean over(String id, HourTables.Due d) {
        var end = d.hour().plus(1, ChronoUnit.HOURS);
        var data = newestData.get(id);
        if (d.whole() || data != null && !data.isBefore(end)) return true;
        return clock.millis() >= Math.max(end.toEpochMilli(), d.markedAt()) + grace.toMillis();
    }

    /** Computes hours (sorted) in spans of the journal; records a version where the outcome differs from the newest. */
    private List<HourlyRecord> compute(EmissionSource source, List<Instant> hours, String reason, boolean unmark, Consumer<Progress> progress) {
        var book = services.ruleBook.apply(source.ruleBook()).orElseThrow(() -> new CarboException.Unavailable(new Problem("part.absent", "ruleBook", source.ruleBook(), "a bundle in service that offers this rule book")));
        var journal = services.journal.get().orElseThrow(() -> new CarboException.Unavailable(new Problem("part.absent", "journal", "", "the journal in service")));
        var made = new ArrayList<HourlyRecord>();
        for (int i = 0; i < hours.size();) {
            var from = hours.get(i);
            int end = i;
            while (end < hours.size() && hours.get(end).isBefore(from.plus(SPAN))) end++;
            var span = hours.subList(i, end);
            var stored = entries(journal, source, from, span.get(span.size() - 1).plus(1, ChronoUnit.HOURS));
            var assembled = assembler.hours(source, from, span.get(span.size() - 1).plus(1, ChronoUnit.HOURS), stored.stream().map(StoredEntry::entry).toList());
            var outcomes = new ArrayList<HourlyRecord>(span.size());
            for (var hour : span) outcomes.add(outcome(source, book, hour, assembled.get(hour), stored));
            made.addAll(record(source, outcomes, reason, unmark));
            i = end;
            progress.accept(new Progress(end, hours.size()));
        }
        publish(source, made);
        return made;
    }

    /** The entries of the source's devices with a row in the span, in order of sequence. */
    private static List<StoredEntry> entries(Journal journal, EmissionSource source, Instant from, Instant to) {
        var bySequence = new TreeMap<Long, StoredEntry>();
        for (var device : source.inputs().values().stream().map(EmissionSource.ChannelRef::deviceId).collect(Collectors.toSet())) journal.entries(device, from, to).forEach(e -> bySequence.put(e.sequence(), e));
        return List.copyOf(bySequence.values());
    }

    private static HourlyRecord outcome(EmissionSource source, RuleBook book, Instant hour, HourAssembler.Hour assembled, List<StoredEntry> stored) {
        if (assembled == null) return HourOutcome.of(book, new HourInput(source, hour, Map.of()), List.of());
        return HourOutcome.of(book, assembled.input(), assembled.entries().stream().map(stored::get).toList());
    }

    private List<HourlyRecord> record(EmissionSource source, List<HourlyRecord> outcomes, String reason, boolean unmark) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var made = database.transact(c -> {
            var newest = HourTables.newest(c, source.id(), outcomes.get(0).hourStart(), outcomes.get(outcomes.size() - 1).hourStart().plusMillis(1), EVER);
            var versions = new ArrayList<HourlyRecord>();
            for (var o : outcomes) {
                var before = newest.get(o.hourStart());
                if (before != null && same(before, o)) continue;
                var why = before == null ? o.reason() : o.reason().isEmpty() ? reason : o.reason() + "; " + reason;
                versions.add(new HourlyRecord(o.sourceId(), o.hourStart(), before == null ? 1 : before.version() + 1, o.status(), o.massShortTons(), o.uncertaintyPercent(), o.grade(), o.ruleBook(), o.method(),
                        o.clause(), why, o.steps(), o.readingsRoot(), o.firstSequence(), o.entries(), before == null || now.isAfter(before.recordedAt()) ? now : before.recordedAt().plusMillis(1)));
            }
            HourTables.insert(c, versions);
            if (unmark) HourTables.unmark(c, source.id(), outcomes.stream().map(HourlyRecord::hourStart).toList());
            return versions;
        });
        if (unmark) {
            var waiting = due.get(source.id());
            outcomes.forEach(o -> waiting.remove(o.hourStart()));
            if (waiting.isEmpty()) due.remove(source.id());
        }
        return made;
    }

    private static boolean same(HourlyRecord a, HourlyRecord b) {
        return a.status() == b.status() && a.grade() == b.grade() && a.massShortTons().equals(b.massShortTons()) && a.uncertaintyPercent().equals(b.uncertaintyPercent()) && a.method().equals(b.method())
                && Objects.equals(a.clause(), b.clause()) && a.steps().equals(b.steps()) && a.readingsRoot().equals(b.readingsRoot());
    }

    private void publish(EmissionSource source, List<HourlyRecord> made) {
        if (made.isEmpty()) return;
        services.events.get().ifPresent(events -> {
            // An import makes thousands; whoever watches is served by the newest and their number.
            for (var h : made.size() > 24 ? made.subList(made.size() - 1, made.size()) : made) {
                events.publish(new LiveEvent("hour", h.id(), h.recordedAt(), Map.of("source", source.id(), "hour", h.hourStart().toString(), "status", h.status().name(), "massShortTons",
                        h.massShortTons().map(BigDecimal::toPlainString).orElse(""), "of", made.size())));
            }
        });
    }

    // ---- Hours

    @Override
    public List<HourlyRecord> find(String sourceId, Instant from, Instant to, Optional<Instant> asKnownOn) {
        return List.copyOf(database.read(c -> HourTables.newest(c, sourceId, from, to, asKnownOn.orElse(EVER))).values());
    }

    @Override
    public Optional<HourlyRecord> byId(String id) {
        int last = id.lastIndexOf('/');
        int first = id.lastIndexOf('/', last - 1);
        if (first <= 0) return Optional.empty();
        try {
            var hour = Instant.parse(id.substring(first + 1, last - 1) + ":00:00Z");
            int version = Integer.parseInt(id.substring(last + 1));
            return history(id.substring(0, first), hour).stream().filter(h -> h.version() == version).findFirst();
        } catch (java.time.format.DateTimeParseException | NumberFormatException notAnId) {
            return Optional.empty();
        }
    }

    @Override
    public List<HourlyRecord> history(String sourceId, Instant hourStart) {
        return database.read(c -> HourTables.records(c, sourceId, hourStart, hourStart.plusMillis(1)));
    }

    @Override
    public List<StoredEntry> derivation(HourlyRecord hour) {
        if (hour.entries() == 0) return List.of();
        var source = database.read(c -> HourTables.sourceAt(c, hour.sourceId(), hour.recordedAt())).orElseThrow(() -> new CarboException.NotFound("source", hour.sourceId()));
        var journal = services.journal.get().orElseThrow(() -> new CarboException.Unavailable(new Problem("part.absent", "journal", "", "the journal in service")));
        // What came after this version was recorded has a higher sequence: the first entries are the ones it was made of.
        var all = entries(journal, source, hour.hourStart(), hour.hourStart().plus(1, ChronoUnit.HOURS));
        return all.subList(0, Math.min(all.size(), hour.entries()));
    }

    @Override
    public List<HourlyRecord> recompute(String sourceId, Instant from, Instant to, String reason, Consumer<Progress> progress) {
        var source = find(sourceId).orElseThrow(() -> new CarboException.NotFound("source", sourceId));
        if (reason == null || reason.isBlank()) throw new CarboException.Invalid(new Problem("reason.empty", "reason", "", "why the hours are computed again"));
        lock.lock();
        try {
            var hours = find(sourceId, from, to, Optional.empty()).stream().map(HourlyRecord::hourStart).toList();
            return hours.isEmpty() ? List.of() : compute(source, hours, reason, false, progress);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Instant> newest(String sourceId) {
        return database.read(c -> HourTables.edge(c, sourceId, "max"));
    }

    @Override
    public long computedThrough() {
        return computedThrough;
    }

    // ---- EmissionSources

    @Override
    public Optional<EmissionSource> find(String id) {
        return Optional.ofNullable(sources.get(id));
    }

    @Override
    public List<EmissionSource> all() {
        return sources.values().stream().sorted(Comparator.comparing(EmissionSource::id)).toList();
    }

    @Override
    public void put(EmissionSource source) {
        var book = services.ruleBook.apply(source.ruleBook()).orElseThrow(() -> new CarboException.Invalid(new Problem("source.invalid", "ruleBook", source.ruleBook(), "one of " + services.ruleBookIds.get())));
        var roles = book.methods().get(source.method());
        if (roles == null) throw new CarboException.Invalid(new Problem("source.invalid", "method", source.method(), "one of " + book.methods().keySet()));
        for (var role : roles) {
            if (!source.inputs().containsKey(role)) throw new CarboException.Invalid(new Problem("source.invalid", "inputs." + role, "", "the channel of a device, as method " + source.method() + " needs it"));
        }
        for (var parameter : source.parameters().entrySet()) {
            if (!book.parameters().containsKey(parameter.getKey()) && !parameter.getKey().equals(EmissionSource.MOST)) {
                throw new CarboException.Invalid(new Problem("source.invalid", "parameters." + parameter.getKey(), parameter.getValue().toPlainString(), EmissionSource.MOST + " or one of " + new java.util.TreeSet<>(book.parameters().keySet())));
            }
        }
        lock.lock();
        try {
            if (source.equals(sources.get(source.id()))) return;
            var now = clock.instant();
            database.<Void>transact(c -> {
                HourTables.insertSource(c, source, now);
                return null;
            });
            boolean isNew = sources.put(source.id(), source) == null;
            if (isNew) services.journal.get().ifPresent(journal -> catchUp(source, journal));
        } finally {
            lock.unlock();
        }
    }

    /** Readings that came before their source was registered. */
    private void catchUp(EmissionSource source, Journal journal) {
        var marks = new TreeMap<Instant, HourTables.Due>();
        for (var stored : entries(journal, source, source.accountingFrom().orElse(Instant.EPOCH), EVER)) {
            if (stored.sequence() < next) mark(source, stored.entry(), marks);
        }
        if (marks.isEmpty()) return;
        var gaps = withGaps(new TreeMap<>(Map.of(source.id(), marks)));
        database.<Void>transact(c -> {
            HourTables.mark(c, source.id(), gaps.get(source.id()).values());
            return null;
        });
        due.computeIfAbsent(source.id(), k -> new TreeMap<>()).putAll(gaps.get(source.id()));
        computeReady("late-data");
    }
}
