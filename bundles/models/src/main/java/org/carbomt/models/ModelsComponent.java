package org.carbomt.models;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import org.carbomt.api.model.ModelKind;
import org.carbomt.api.model.Models;
import org.carbomt.api.model.Networks;
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

/** Wires the register and the runtime; kinds of models may come and go. */
@Component(service = {}, immediate = true)
public final class ModelsComponent {
    private static final Logger LOG = LoggerFactory.getLogger(ModelsComponent.class);
    private final ServiceTracker<ModelKind, ModelKind> kinds;
    private final List<ServiceRegistration<?>> services = new ArrayList<>();

    @Activate
    public ModelsComponent(BundleContext context, @Reference Store store) {
        var table = new ModelTable(store.open("org.carbomt.models", ModelsComponent.class.getClassLoader(), "db/models.xml"));
        var folder = Path.of(System.getProperty("karaf.data", "data"), "carbomt", "models");
        kinds = new ServiceTracker<>(context, ModelKind.class, null);
        kinds.open();
        var networks = new OnnxNetworks();
        for (var kind : Contract.all()) services.add(context.registerService(ModelKind.class, kind, new Hashtable<>()));
        services.add(context.registerService(Networks.class, networks, new Hashtable<>()));
        services.add(context.registerService(Models.class, new ModelRegistry(networks, () -> List.copyOf(kinds.getTracked().values()), table, new ModelFolder(folder), Clock.systemUTC()), new Hashtable<>()));
        LOG.info("models: {} offered so far, files in {}", table.all().size(), folder);
    }

    @Deactivate
    void stop() {
        services.forEach(ServiceRegistration::unregister);
        kinds.close();
    }
}
