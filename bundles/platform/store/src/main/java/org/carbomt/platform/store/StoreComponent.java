package org.carbomt.platform.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Hashtable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.backup.Backed;
import org.carbomt.api.store.Store;
import org.carbomt.api.telemetry.HealthCheck;
import org.carbomt.api.telemetry.Measured;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the configured database and offers it, together with the clock of the container. */
@Component(service = {}, immediate = true, configurationPid = "org.carbomt.platform.store", configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = StoreComponent.Config.class)
public final class StoreComponent {
    private static final Logger LOG = LoggerFactory.getLogger(StoreComponent.class);

    @ObjectClassDefinition(name = "CARBO MT: relational store")
    public @interface Config {
        @AttributeDefinition(description = "JDBC address: jdbc:derby:… or jdbc:postgresql://host:port/name; empty: Derby in the container's data folder")
        String url() default "";

        @AttributeDefinition(description = "Database user")
        String user() default "";

        @AttributeDefinition(description = "File that holds the password, readable by the container only")
        String passwordFile() default "";

        @AttributeDefinition(description = "Connections in the pool")
        int poolSize() default 8;
    }

    private static final long RETRY_SECONDS = 2;
    private final BundleContext context;
    private final Config config;
    private final ScheduledExecutorService opener = Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "carbomt-store"));
    private RelationalStore store;
    private ServiceRegistration<Store> offered;
    private ServiceRegistration<Clock> clock;
    private ServiceRegistration<?> figures;
    private ServiceRegistration<Backed> backup;
    private StoreBackup copies;
    private String lastFailure = "";

    @Activate
    public StoreComponent(BundleContext context, Config config) {
        this.context = context;
        this.config = config;
        open();
    }

    /** Once; a database that is away is tried again until it is there, and whoever needs the store waits for its service. */
    private synchronized void open() {
        if (opener.isShutdown()) return;
        try {
            store = connect();
        } catch (CarboException.Unavailable e) {
            if (!e.getMessage().equals(lastFailure)) LOG.error("the store cannot be opened, trying again every {} s: {}", RETRY_SECONDS, e.getMessage());
            lastFailure = e.getMessage();
            opener.schedule(this::open, RETRY_SECONDS, TimeUnit.SECONDS);
            return;
        }
        clock = context.registerService(Clock.class, Clock.systemUTC(), new Hashtable<>());
        offered = context.registerService(Store.class, store, new Hashtable<>());
        backup = context.registerService(Backed.class, copies, new Hashtable<>());
        figures = context.registerService(new String[] {Measured.class.getName(), HealthCheck.class.getName()}, store.figures(), null);
    }

    private RelationalStore connect() {
        var data = Path.of(System.getProperty("karaf.data", "data"), "carbomt");
        var url = config.url();
        try {
            Files.createDirectories(data);
            if (url.isEmpty()) url = "jdbc:derby:" + data.resolve("derby") + ";create=true";
            if (System.getProperty("derby.stream.error.file") == null) System.setProperty("derby.stream.error.file", data.resolve("derby.log").toString());
            var password = config.passwordFile().isEmpty() ? "" : Files.readString(Path.of(config.passwordFile())).strip();
            var opened = RelationalStore.open(url, config.user(), password, config.poolSize());
            copies = opened.backup(derbyFolder(url, data), config.user(), password);
            LOG.info("store open: {}", RelationalStore.withoutSecrets(url));
            return opened;
        } catch (IOException e) {
            throw new CarboException.Unavailable(new Problem("store.files", "passwordFile", config.passwordFile(), "a readable file"), e);
        }
    }

    private static Path derbyFolder(String url, Path data) {
        var place = url.replaceFirst("^jdbc:(derby|postgresql):", "").replaceFirst("[;?].*", "");
        return url.startsWith("jdbc:derby:") ? Path.of(place) : data.resolve("postgresql");
    }

    @Deactivate
    synchronized void close() {
        opener.shutdownNow();
        if (store == null) return;
        backup.unregister();
        figures.unregister();
        offered.unregister();
        clock.unregister();
        store.close();
        LOG.info("store closed");
    }
}
