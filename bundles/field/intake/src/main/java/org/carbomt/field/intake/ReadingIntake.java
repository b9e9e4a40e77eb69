package org.carbomt.field.intake;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.device.Decoding;
import org.carbomt.api.device.Device;
import org.carbomt.api.device.Devices;
import org.carbomt.api.device.Payload;
import org.carbomt.api.device.Profiles;
import org.carbomt.api.event.LiveEvent;
import org.carbomt.api.event.LiveEvents;
import org.carbomt.api.intake.Arrival;
import org.carbomt.api.intake.Intake;
import org.carbomt.api.intake.Outcome;
import org.carbomt.api.journal.Appended;
import org.carbomt.api.journal.Entry;
import org.carbomt.api.journal.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From an arrival to the journal: device, profile, decode, checks, append. A message whose rows are partly bad keeps its good rows: they are stored, and the whole
 * message lies in quarantine with the reason, so that the sender learns of it and nothing is lost. Any thread.
 */
final class ReadingIntake implements Intake {
    private static final Logger LOG = LoggerFactory.getLogger(ReadingIntake.class);
    private static final int PAYLOAD_LIMIT = 32 << 20;
    private static final long EVENT_EVERY_MILLIS = 500;

    /** The services it works with, as they are now; absent while a bundle is replaced. */
    record Services(Supplier<Optional<Journal>> journal, Supplier<Optional<Profiles>> profiles, Supplier<Optional<LiveEvents>> events) {}

    private record Prepared(Entry entry, Problem leftOut) {}

    private final DeviceTable devices;
    private final QuarantineTable quarantine;
    private final Checks checks;
    private final Services services;
    private final Clock clock;
    private final Executor slow;
    private final Map<String, Long> lastEvents = new ConcurrentHashMap<>();
    private final Tally tally = new Tally();

    /** @param slow for work that waits for the relational store */
    ReadingIntake(DeviceTable devices, QuarantineTable quarantine, Checks checks, Services services, Clock clock, Executor slow) {
        this.devices = devices;
        this.quarantine = quarantine;
        this.checks = checks;
        this.services = services;
        this.clock = clock;
        this.slow = slow;
    }

    Tally tally() {
        return tally;
    }

    @Override
    public CompletableFuture<List<Outcome>> submit(List<Arrival> arrivals) {
        return take(arrivals).thenApply(outcomes -> {
            for (int i = 0; i < outcomes.size(); i++) tally.add(arrivals.get(i).protocol(), outcomes.get(i));
            return outcomes;
        });
    }

    private CompletableFuture<List<Outcome>> take(List<Arrival> arrivals) {
        var journal = services.journal.get();
        var profiles = services.profiles.get();
        if (journal.isEmpty()) return CompletableFuture.completedFuture(refuseAll(arrivals, "Journal"));
        if (profiles.isEmpty()) return CompletableFuture.completedFuture(refuseAll(arrivals, "Profiles"));
        var prepared = new Prepared[arrivals.size()];
        var entries = new ArrayList<Entry>(arrivals.size());
        for (int i = 0; i < prepared.length; i++) {
            prepared[i] = prepare(arrivals.get(i), profiles.get());
            if (prepared[i].entry != null) entries.add(prepared[i].entry);
        }
        var appended = entries.isEmpty() ? CompletableFuture.completedFuture(List.<Appended>of()) : journal.get().append(entries);
        return appended.handle((result, error) -> new Object[] {result, error}).thenCompose(pair -> {
            if (pair[1] != null) return CompletableFuture.completedFuture(refused(arrivals, prepared, (Throwable) pair[1]));
            @SuppressWarnings("unchecked")
            var list = (List<Appended>) pair[0];
            return outcomes(arrivals, prepared, list);
        });
    }

    private static List<Outcome> refuseAll(List<Arrival> arrivals, String part) {
        Outcome refusal = new Outcome.Refused(new Problem("part.absent", "part", part, "a moment's patience while it is replaced; send again"));
        return java.util.Collections.nCopies(arrivals.size(), refusal);
    }

    private List<Outcome> refused(List<Arrival> arrivals, Prepared[] prepared, Throwable error) {
        var cause = error instanceof java.util.concurrent.CompletionException && error.getCause() != null ? error.getCause() : error;
        var problem = cause instanceof CarboException e ? e.problem() : new Problem("journal.failed", "", "", String.valueOf(cause.getMessage()));
        LOG.warn("{} messages refused: {}", arrivals.size(), problem.sentence());
        // also those that would go to quarantine: whoever sends them again gets the same answer later
        return java.util.Collections.nCopies(prepared.length, new Outcome.Refused(problem));
    }

    private Prepared prepare(Arrival a, Profiles profiles) {
        var device = devices.find(a.deviceId());
        if (device.isEmpty()) return bad("device.unknown", "device", a.deviceId(), "a registered device");
        if (!device.get().enabled()) return bad("device.disabled", "device", a.deviceId(), "an enabled device");
        if (a.payload().length > PAYLOAD_LIMIT) return bad("payload.too-large", "payload", a.payload().length + " bytes", "at most " + PAYLOAD_LIMIT);
        var profile = profiles.find(device.get().profileId());
        if (profile.isEmpty()) return bad("profile.unknown", "profileId", device.get().profileId(), "a hardware profile that is loaded");
        var decoding = profile.get().decode(new Payload(a.payload(), a.contentType(), a.fPort(), a.sentAt(), a.receivedAt()));
        if (decoding instanceof Decoding.Undecodable u) return new Prepared(null, u.problem());
        var timely = checks.timely(device.get(), ((Decoding.Decoded) decoding).block(), clock.instant());
        if (timely.block().isEmpty()) return new Prepared(null, timely.problem().orElseThrow());
        var block = Checks.graded(timely.block().get(), device.get().syntheticChannels());
        var entry = new Entry(a.deviceId(), a.protocol(), profile.get().id() + "@" + profile.get().version(), profile.get().digest(), profile.get().wholeHour(), a.counter(), a.receivedAt(), a.payload(), block);
        return new Prepared(entry, timely.problem().orElse(null));
    }

    private static Prepared bad(String code, String field, String value, String expected) {
        return new Prepared(null, new Problem(code, field, value, expected));
    }

    private CompletableFuture<List<Outcome>> outcomes(List<Arrival> arrivals, Prepared[] prepared, List<Appended> appended) {
        var outcomes = new Outcome[prepared.length];
        var toKeep = new ArrayList<Integer>();
        int next = 0;
        for (int i = 0; i < prepared.length; i++) {
            var a = arrivals.get(i);
            var problem = prepared[i].leftOut;
            if (prepared[i].entry != null) {
                var result = appended.get(next++);
                if (result.stored() > 0) heard(a, prepared[i].entry, result);
                if (problem == null && result.conflicts() > 0) {
                    problem = new Problem("reading.conflict", "time", result.conflicts() + " rows", "the values stored before for the same device and time; a correction is entered as such, not sent again");
                }
                if (problem == null) outcomes[i] = new Outcome.Accepted(result.sequence(), result.stored(), result.duplicates());
            }
            if (outcomes[i] == null) {
                outcomes[i] = new Outcome.Refused(problem);
                toKeep.add(i);
            }
        }
        if (toKeep.isEmpty()) return CompletableFuture.completedFuture(List.of(outcomes));
        return CompletableFuture.supplyAsync(() -> {
            for (int i : toKeep) outcomes[i] = keep(arrivals.get(i), ((Outcome.Refused) outcomes[i]).problem());
            return List.of(outcomes);
        }, slow);
    }

    private void heard(Arrival a, Entry entry, Appended result) {
        devices.seen(a.deviceId(), new Devices.LastSeen(a.receivedAt(), a.protocol(), result.sequence()));
        long now = clock.millis();
        var last = lastEvents.get(a.deviceId());
        if (last != null && now - last < EVENT_EVERY_MILLIS) return;
        lastEvents.put(a.deviceId(), now);
        services.events.get().ifPresent(events -> {
            var values = new java.util.LinkedHashMap<String, Object>();
            int row = entry.block().rows() - 1;
            for (int c = 0; c < entry.block().channels().size(); c++) {
                double v = entry.block().values()[c][row];
                if (!Double.isNaN(v)) values.put(entry.block().channels().get(c).name(), v);
            }
            values.put("protocol", a.protocol());
            events.publish(new LiveEvent("reading", a.deviceId(), a.receivedAt(), values));
        });
    }

    private Outcome keep(Arrival a, Problem problem) {
        var device = a.deviceId() == null ? "" : a.deviceId();
        if (!quarantine.mayKeep(device)) return new Outcome.Refused(new Problem("quarantine.full", "device", device, "fewer bad messages a minute; the first ones tell the reason: " + problem.sentence()));
        try {
            var id = quarantine.keep(a, problem);
            services.events.get().ifPresent(events -> events.publish(new LiveEvent("quarantine", id, clock.instant(), Map.of("device", device, "code", problem.code()))));
            return new Outcome.Quarantined(id, problem);
        } catch (CarboException e) {
            LOG.error("a message of {} could not be quarantined: {}", device, e.getMessage());
            return new Outcome.Refused(e.problem());
        }
    }

    @Override
    public CompletableFuture<Outcome> quarantine(Arrival arrival, Problem problem) {
        return CompletableFuture.supplyAsync(() -> {
            var outcome = keep(arrival, problem);
            tally.add(arrival.protocol(), outcome);
            return outcome;
        }, slow);
    }

    /** For devices found in the journal at start. */
    void remember(Device device, Devices.LastSeen seen) {
        devices.seen(device.id(), seen);
    }
}
