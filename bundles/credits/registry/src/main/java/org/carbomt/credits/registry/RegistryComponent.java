package org.carbomt.credits.registry;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.carbomt.api.credit.Credits;
import org.carbomt.api.credit.Methodology;
import org.carbomt.api.device.Devices;
import org.carbomt.api.emission.EmissionSources;
import org.carbomt.api.emission.Hours;
import org.carbomt.api.event.LiveEvents;
import org.carbomt.api.ledger.Ledger;
import org.carbomt.api.proof.HourBatches;
import org.carbomt.api.store.Store;
import org.carbomt.api.verification.Verifications;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;

/** Wires the registry: offers Credits and the methodology baseline-intensity; gathers methodologies from the whiteboard. */
@Component(service = {}, immediate = true)
public final class RegistryComponent {
    private final BundleContext context;
    private final List<ServiceTracker<?, ?>> trackers = new ArrayList<>();
    private final List<ServiceRegistration<?>> services;

    @Activate
    public RegistryComponent(BundleContext context, @Reference Store store, @Reference Clock clock) {
        this.context = context;
        var database = store.open("org.carbomt.credits.registry", RegistryComponent.class.getClassLoader(), "db/credits_registry.xml");
        var methodologies = new ServiceTracker<Methodology, Methodology>(context, Methodology.class, null);
        methodologies.open();
        trackers.add(methodologies);
        Supplier<List<Methodology>> all = () -> Arrays.asList(methodologies.getServices(new Methodology[0]));
        var registry = new CreditRegistry(database, new CreditRegistry.Services(one(Ledger.class), one(HourBatches.class), one(Hours.class), one(EmissionSources.class), one(Verifications.class), one(Devices.class),
                id -> all.get().stream().filter(m -> m.id().equals(id)).max(Comparator.comparing(m -> Version.parseVersion(m.version()))), () -> all.get().stream().map(Methodology::id).sorted().distinct().toList(), one(LiveEvents.class)), clock);
        Dictionary<String, Object> none = new Hashtable<>();
        services = List.of(context.registerService(Methodology.class, new BaselineIntensity(context.getBundle().getVersion().toString()), none), context.registerService(Credits.class, registry, none));
    }

    @Deactivate
    void stop() {
        services.forEach(ServiceRegistration::unregister);
        trackers.forEach(ServiceTracker::close);
    }

    private <T> Supplier<Optional<T>> one(Class<T> type) {
        var tracker = new ServiceTracker<T, T>(context, type, null);
        tracker.open();
        trackers.add(tracker);
        return () -> Optional.ofNullable(tracker.getService());
    }
}
