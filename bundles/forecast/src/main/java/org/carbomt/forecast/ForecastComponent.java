package org.carbomt.forecast;

import java.time.Clock;
import java.util.Hashtable;
import java.util.Optional;
import org.carbomt.api.emission.EmissionSources;
import org.carbomt.api.emission.Hours;
import org.carbomt.api.forecast.Forecasts;
import org.carbomt.api.store.Store;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires forecasts: looks at each source every ten seconds; hours and sources may come and go. */
@Component(service = {}, immediate = true)
public final class ForecastComponent {
    private static final Logger LOG = LoggerFactory.getLogger(ForecastComponent.class);
    private static final long PAUSE_MILLIS = 10_000;
    private final ServiceTracker<Hours, Hours> hours;
    private final ServiceTracker<EmissionSources, EmissionSources> sources;
    private final Forecaster forecaster;
    private final ServiceRegistration<Forecasts> service;
    private final Thread looker = new Thread(this::look, "carbomt-forecast");
    private volatile boolean closed;

    @Activate
    public ForecastComponent(BundleContext context, @Reference Store store) {
        var table = new ForecastTable(store.open("org.carbomt.forecast", ForecastComponent.class.getClassLoader(), "db/forecast.xml"));
        hours = new ServiceTracker<>(context, Hours.class, null);
        sources = new ServiceTracker<>(context, EmissionSources.class, null);
        hours.open();
        sources.open();
        forecaster = new Forecaster(() -> Optional.ofNullable(hours.getService()), table, Clock.systemUTC());
        looker.setDaemon(true);
        looker.setPriority(Thread.MIN_PRIORITY);
        looker.start();
        service = context.registerService(Forecasts.class, forecaster, new Hashtable<>());
        LOG.info("forecasts: {} hours ahead, by the best of {} methods on at least {} days of a source's own past", Contest.DAY, Contest.methods().size(), Contest.FEWEST_DAYS);
    }

    private void look() {
        while (!closed) {
            pause();
            var known = sources.getService();
            if (closed || known == null) continue;
            try {
                for (var source : known.all()) issue(source.id());
            } catch (RuntimeException e) {
                LOG.warn("sources cannot be listed; they are asked for again in {} s", PAUSE_MILLIS / 1000, e);
            }
        }
    }

    /** One source that fails is no reason to leave out the others. */
    private void issue(String sourceId) {
        if (closed) return;
        try {
            forecaster.issue(sourceId).ifPresent(f -> LOG.debug("forecast of {} from {} by {}", f.sourceId(), f.firstHour(), f.method()));
        } catch (RuntimeException e) {
            LOG.warn("no forecast of {} for now; tried again at its next hour at the latest", sourceId, e);
        }
    }

    private synchronized void pause() {
        if (closed) return;
        try {
            wait(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Deactivate
    void stop() throws InterruptedException {
        service.unregister();
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        looker.join(10_000);
        sources.close();
        hours.close();
    }
}
