package org.carbomt.field.intake;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.carbomt.api.CarboException;
import org.carbomt.api.device.Devices;
import org.carbomt.api.device.Profiles;
import org.carbomt.api.event.LiveEvents;
import org.carbomt.api.intake.Intake;
import org.carbomt.api.intake.Outcome;
import org.carbomt.api.intake.Quarantine;
import org.carbomt.api.journal.Journal;
import org.carbomt.api.store.Store;
import org.carbomt.api.telemetry.Measured;
import org.carbomt.api.telemetry.Metric;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the intake: offers Intake, Devices and Quarantine; journal, profiles and live events may come and go. */
@Component(service = {}, immediate = true, configurationPid = "org.carbomt.field.intake", configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = IntakeComponent.Config.class)
public final class IntakeComponent {
    private static final Logger LOG = LoggerFactory.getLogger(IntakeComponent.class);

    @ObjectClassDefinition(name = "CARBO MT: intake")
    public @interface Config {
        @AttributeDefinition(description = "How far in the future a measuring time may lie, seconds")
        int futureSeconds() default 300;

        @AttributeDefinition(description = "How old a measuring time may be, days; a device's acceptFrom overrules it")
        int pastDays() default 35;

        @AttributeDefinition(description = "Bad messages kept a minute and device; the rest is counted only")
        int quarantinePerMinute() default 120;
    }

    private final ServiceTracker<Journal, Journal> journal;
    private final ServiceTracker<Profiles, Profiles> profiles;
    private final ServiceTracker<LiveEvents, LiveEvents> events;
    private final ThreadPoolExecutor slow = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(10_000), r -> new Thread(r, "carbomt-quarantine"), new ThreadPoolExecutor.CallerRunsPolicy());
    private final List<ServiceRegistration<?>> services;

    @Activate
    public IntakeComponent(BundleContext context, Config config, @Reference Store store, @Reference Clock clock) {
        var database = store.open("org.carbomt.field.intake", IntakeComponent.class.getClassLoader(), "db/field_intake.xml");
        journal = tracker(context, Journal.class);
        profiles = tracker(context, Profiles.class);
        events = tracker(context, LiveEvents.class);
        var devices = new DeviceTable(database, new SecureRandom());
        var quarantine = new QuarantineTable(database, clock, config.quarantinePerMinute());
        var intake = new ReadingIntake(devices, quarantine, new Checks(Duration.ofSeconds(config.futureSeconds()), Duration.ofDays(config.pastDays())),
                new ReadingIntake.Services(() -> Optional.ofNullable(journal.getService()), () -> Optional.ofNullable(profiles.getService()), () -> Optional.ofNullable(events.getService())), clock, slow);
        Optional.ofNullable(journal.getService()).ifPresent(j -> lastSeen(j, devices));
        Dictionary<String, Object> none = new Hashtable<>();
        services = List.of(context.registerService(Devices.class, devices, none), context.registerService(Intake.class, intake, none), context.registerService(Quarantine.class, new Released(quarantine, intake), none),
                context.registerService(Measured.class, () -> figures(intake.tally(), devices, quarantine), none));
        LOG.info("intake open: {} devices", devices.all().size());
    }

    private List<Metric> figures(Tally tally, DeviceTable devices, QuarantineTable quarantine) {
        var all = new ArrayList<>(tally.metrics());
        all.add(Metric.gauge("carbomt_intake_devices", "Devices that are registered.", devices.all().size()));
        all.add(Metric.gauge("carbomt_intake_quarantine_held", "Messages in quarantine that nobody has handled.", quarantine.held()));
        all.add(Metric.counter("carbomt_intake_quarantine_dropped_total", "Bad messages over the limit a minute and device, counted and not kept.", quarantine.dropped()));
        all.add(Metric.gauge("carbomt_intake_quarantine_waiting", "Bad messages on their way to quarantine.", slow.getQueue().size()));
        return all;
    }

    private static <T> ServiceTracker<T, T> tracker(BundleContext context, Class<T> type) {
        var tracker = new ServiceTracker<T, T>(context, type, null);
        tracker.open();
        return tracker;
    }

    /** Who was heard last, from the newest entries of the journal. */
    private static void lastSeen(Journal journal, DeviceTable devices) {
        journal.newest(5_000, e -> devices.seen(e.entry().deviceId(), new Devices.LastSeen(e.entry().receivedAt(), e.entry().protocol(), e.sequence())));
    }

    @Deactivate
    void stop() throws InterruptedException {
        services.forEach(ServiceRegistration::unregister);
        slow.shutdown();
        if (!slow.awaitTermination(5, TimeUnit.SECONDS)) LOG.warn("{} messages were still on their way to quarantine", slow.getQueue().size());
        journal.close();
        profiles.close();
        events.close();
    }

    /** The quarantine as a service: with release through the intake. */
    private record Released(QuarantineTable table, Intake intake) implements Quarantine {
        @Override
        public List<Entry> list(Optional<String> deviceId, Optional<String> beforeId, int limit) {
            return table.list(deviceId, beforeId, limit);
        }

        @Override
        public Optional<Entry> find(String id) {
            return table.find(id);
        }

        @Override
        public Outcome release(String id, String byPerson) {
            var entry = table.find(id).orElseThrow(() -> new CarboException.NotFound("quarantine entry", id));
            var outcome = intake.submit(List.of(entry.arrival())).join().get(0);
            if (outcome instanceof Outcome.Accepted) table.handle(id, "RELEASED", byPerson, "");
            return outcome;
        }

        @Override
        public void discard(String id, String byPerson, String reason) {
            table.find(id).orElseThrow(() -> new CarboException.NotFound("quarantine entry", id));
            table.handle(id, "DISCARDED", byPerson, reason);
        }
    }
}
