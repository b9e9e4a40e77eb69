package org.carbomt.emissions.hours;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.carbomt.api.emission.EmissionSources;
import org.carbomt.api.emission.Hours;
import org.carbomt.api.emission.RuleBook;
import org.carbomt.api.event.LiveEvents;
import org.carbomt.api.journal.Journal;
import org.carbomt.api.store.Store;
import org.carbomt.api.telemetry.Measured;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the hourly accounts: offers Hours and EmissionSources; journal, rule books and live events may come and go. */
@Component(service = {}, immediate = true, configurationPid = "org.carbomt.emissions.hours")
@Designate(ocd = HoursComponent.Config.class)
public final class HoursComponent {
    private static final Logger LOG = LoggerFactory.getLogger(HoursComponent.class);

    @ObjectClassDefinition(name = "CARBO MT: hourly records")
    public @interface Config {
        @AttributeDefinition(description = "How long after the end of an hour its late readings are waited for, seconds")
        int graceSeconds() default 600;
    }

    private final ServiceTracker<RuleBook, RuleBook> ruleBooks;
    private final ServiceTracker<LiveEvents, LiveEvents> events;
    private final ServiceTracker<Journal, Journal> journal;
    private final HourAccounts accounts;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "carbomt-hours"));
    private final List<ServiceRegistration<?>> services;

    @Activate
    public HoursComponent(BundleContext context, Config config, @Reference Store store, @Reference Clock clock) {
        var database = store.open("org.carbomt.emissions.hours", HoursComponent.class.getClassLoader(), "db/emissions_hours.xml");
        ruleBooks = new ServiceTracker<>(context, RuleBook.class, null);
        ruleBooks.open();
        events = new ServiceTracker<>(context, LiveEvents.class, null);
        events.open();
        var following = new Following(context);
        journal = new ServiceTracker<>(context, Journal.class, following);
        accounts = new HourAccounts(database, new HourAccounts.Services(() -> Optional.ofNullable(journal.getService()), this::ruleBook, this::ruleBookIds, () -> Optional.ofNullable(events.getService())), clock,
                Duration.ofSeconds(config.graceSeconds()));
        journal.open();
        ticks.scheduleWithFixedDelay(this::tick, 5, 5, TimeUnit.SECONDS);
        services = List.of(context.registerService(Hours.class, accounts, new Hashtable<>()), context.registerService(EmissionSources.class, accounts, new Hashtable<>()),
                context.registerService(Measured.class, accounts::metrics, new Hashtable<>()));
    }

    @Deactivate
    void stop() {
        services.forEach(ServiceRegistration::unregister);
        ticks.shutdownNow();
        journal.close();
        ruleBooks.close();
        events.close();
    }

    private void tick() {
        try {
            accounts.tick();
        } catch (RuntimeException e) {
            LOG.error("hours by the clock: tried again in 5 s", e);
        }
    }

    /** The highest version in service: a new one starts beside the old. */
    private Optional<RuleBook> ruleBook(String id) {
        return books().stream().filter(b -> b.id().equals(id)).max(Comparator.comparing(b -> version(b.version())));
    }

    private Collection<String> ruleBookIds() {
        var ids = new TreeSet<String>();
        books().forEach(b -> ids.add(b.id()));
        return ids;
    }

    private List<RuleBook> books() {
        return Arrays.asList(ruleBooks.getServices(new RuleBook[0]));
    }

    private static Version version(String text) {
        try {
            return Version.parseVersion(text);
        } catch (IllegalArgumentException notOsgi) {
            return Version.emptyVersion;
        }
    }

    /** Follows the journal while there is one. */
    private final class Following implements ServiceTrackerCustomizer<Journal, Journal> {
        private final BundleContext context;
        private AutoCloseable follow;

        Following(BundleContext context) {
            this.context = context;
        }

        @Override
        public Journal addingService(ServiceReference<Journal> reference) {
            var service = context.getService(reference);
            follow = service.follow(accounts.nextSequence(), accounts);
            return service;
        }

        @Override
        public void modifiedService(ServiceReference<Journal> reference, Journal service) {}

        @Override
        public void removedService(ServiceReference<Journal> reference, Journal service) {
            try {
                follow.close();
            } catch (Exception e) {
                LOG.warn("the journal's follower did not close", e);
            }
            context.ungetService(reference);
        }
    }
}
