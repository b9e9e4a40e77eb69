package org.carbomt.field.lorawan;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.intake.Arrival;
import org.carbomt.api.intake.Intake;
import org.carbomt.api.intake.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a datagram to its outcomes: every frame is judged for itself, the good ones go on together, the bad ones to quarantine. */
final class Uplinks {
    private static final Logger LOG = LoggerFactory.getLogger(Uplinks.class);
    private static final Outcome NOTHING = new Outcome.Accepted(-1, 0, 0);

    /** Where good readings go. */
    interface Door {
        CompletableFuture<List<Outcome>> submit(List<Arrival> arrivals);
    }

    /**
     * @param sameMillis how long after its outcome the same frame counts as heard by another gateway; later it is a replay
     * @param counterGap most frames that may be lost in a row (LoRaWAN 1.0.3, MAX_FCNT_GAP)
     */
    record Rules(long sameMillis, long counterGap) {}

    private record Good(Arrival arrival, RadioSession session, long counter, CompletableFuture<Outcome> outcome) {}

    private final SessionTable sessions;
    private final Door door;
    private final Supplier<Optional<Intake>> quarantine;
    private final Clock clock;
    private final Rules rules;

    Uplinks(SessionTable sessions, Door door, Supplier<Optional<Intake>> quarantine, Clock clock, Rules rules) {
        this.sessions = sessions;
        this.door = door;
        this.quarantine = quarantine;
        this.clock = clock;
        this.rules = rules;
    }

    /** @return whether the gateway may forget the datagram; never fails */
    CompletableFuture<Boolean> take(Gwmp datagram) {
        var now = clock.instant();
        var outcomes = new ArrayList<CompletableFuture<Outcome>>();
        var good = new ArrayList<Good>();
        try {
            for (var entry : datagram.frames()) {
                if (entry.problem() != null) outcomes.add(keep(arrival(datagram, "", entry.raw(), now), entry.problem()));
                else outcomes.add(judge(datagram, entry.heard(), now, good));
            }
        } catch (CarboException.Invalid e) {
            outcomes.add(keep(arrival(datagram, "", datagram.body(), now), e.problem()));
        }
        if (!good.isEmpty()) send(good);
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new)).handle((nothing, failure) -> failure == null && outcomes.stream().map(CompletableFuture::join).allMatch(Uplinks::settled));
    }

    private static boolean settled(Outcome outcome) {
        return !(outcome instanceof Outcome.Refused refused) || refused.problem().code().equals("quarantine.full");
    }

    private CompletableFuture<Outcome> judge(Gwmp datagram, Gwmp.Heard heard, Instant now, List<Good> good) {
        if (!heard.crcGood()) return keep(arrival(datagram, "", heard.phy(), now), new Problem("lorawan.crc-failed", "rxpk.stat", "-1", "1, a frame received whole"));
        DataFrame frame;
        try {
            frame = DataFrame.parse(heard.phy());
        } catch (CarboException.Invalid e) {
            return keep(arrival(datagram, "", heard.phy(), now), e.problem());
        }
        var known = sessions.at(frame.address());
        for (var session : known) {
            var same = session.same(frame.phy(), now.toEpochMilli(), rules.sameMillis());
            if (same != null) return same;
            var counter = FrameCounter.of(frame.counter16(), session.next());
            if (counter.ahead().isPresent() && frame.intact(session.nwkSKey, counter.ahead().getAsLong())) return ahead(datagram, heard, frame, session, counter.ahead().getAsLong(), now, good);
            if (counter.behind().isPresent() && frame.intact(session.nwkSKey, counter.behind().getAsLong())) return replayed(datagram, heard, frame, session, counter.behind().getAsLong(), now);
        }
        // not shown to be anyone's: the claimed device is not made answerable for it
        var problem = known.isEmpty() ? new Problem("lorawan.unknown-device", "DevAddr", frame.address(), "the address of an activated session")
                : new Problem("lorawan.mic-wrong", "MIC", frame.address() + " counter " + frame.counter16(), "the integrity code of that device's network key");
        return keep(arrival(datagram, "", heard.phy(), now), problem);
    }

    private CompletableFuture<Outcome> ahead(Gwmp datagram, Gwmp.Heard heard, DataFrame frame, RadioSession session, long counter, Instant now, List<Good> good) {
        var arrival = arrival(datagram, heard, frame, session, counter, now);
        if (counter - session.next() > rules.counterGap()) {
            return keep(arrival, new Problem("lorawan.counter-gap", "FCnt", String.valueOf(counter), "at most " + rules.counterGap() + " after " + session.next() + "; a session is set to the device's counter by a person"));
        }
        var outcome = new CompletableFuture<Outcome>();
        if (!session.begin(counter, frame.phy(), outcome)) return replayed(datagram, heard, frame, session, counter, now);
        var item = new Good(arrival, session, counter, outcome);
        if (frame.fPort().orElse(0) == 0) finish(item, NOTHING); // commands of the radio layer, or nothing: no reading
        else good.add(item);
        return outcome;
    }

    private CompletableFuture<Outcome> replayed(Gwmp datagram, Gwmp.Heard heard, DataFrame frame, RadioSession session, long counter, Instant now) {
        return keep(arrival(datagram, heard, frame, session, counter, now), new Problem("lorawan.counter-replayed", "FCnt", String.valueOf(counter), "at least " + session.next()));
    }

    private void send(List<Good> good) {
        CompletableFuture<List<Outcome>> done;
        try {
            done = door.submit(good.stream().map(Good::arrival).toList());
        } catch (RuntimeException | LinkageError e) { // a bundle that is being replaced may lack a class for a moment
            done = CompletableFuture.failedFuture(e);
        }
        done.whenComplete((outcomes, failure) -> {
            for (int i = 0; i < good.size(); i++) {
                if (failure == null) finish(good.get(i), outcomes.get(i));
                else finish(good.get(i), new Outcome.Refused(new Problem("route.failed", "", failure.toString(), "a route that works; send again later")));
            }
        });
    }

    /** The counter is used up when the frame is kept, in the journal or in quarantine, and only then is the gateway answered. */
    private void finish(Good item, Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            LOG.warn("{} frame {} is not acknowledged: {}", item.session.deviceId, item.counter, refused.problem().sentence());
            item.session.finish(item.counter, false, clock.millis());
            item.outcome.complete(outcome);
            return;
        }
        sessions.used(item.session, item.counter).whenComplete((nothing, failure) -> {
            item.session.finish(item.counter, failure == null, clock.millis());
            item.outcome.complete(failure == null ? outcome : new Outcome.Refused(new Problem("lorawan.counter-not-stored", "FCnt", String.valueOf(item.counter), "a store that works; send again later")));
        });
    }

    private CompletableFuture<Outcome> keep(Arrival arrival, Problem problem) {
        var intake = quarantine.get();
        LOG.debug("{}: {}", arrival.source(), problem.sentence());
        if (intake.isEmpty()) return CompletableFuture.completedFuture(new Outcome.Refused(new Problem("intake.absent", "", "", "the intake running; send again later")));
        return intake.get().quarantine(arrival, problem);
    }

    private static Arrival arrival(Gwmp datagram, String deviceId, byte[] bytes, Instant now) {
        return Arrival.of("lorawan", "gateway " + datagram.gateway(), deviceId, bytes, "application/octet-stream", now);
    }

    private static Arrival arrival(Gwmp datagram, Gwmp.Heard heard, DataFrame frame, RadioSession session, long counter, Instant now) {
        var port = frame.fPort().isPresent() ? frame.fPort() : OptionalInt.empty();
        var key = frame.fPort().orElse(0) == 0 ? session.nwkSKey : session.appSKey;
        return new Arrival("lorawan", "gateway " + datagram.gateway(), session.deviceId, frame.decrypt(key, counter), "application/octet-stream", port, OptionalLong.of(counter), heard.at(), now);
    }
}
