package org.carbomt.platform.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Dictionary;
import java.util.Hashtable;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.store.Database;
import org.carbomt.api.store.Store;
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
@Component(service = Store.class, immediate = true, configurationPid = "org.carbomt.platform.store", configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = StoreComponent.Config.class)
public final class StoreComponent implements Store {
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

    private final RelationalStore store;
    private final ServiceRegistration<Clock> clock;

    @Activate
    public StoreComponent(BundleContext context, Config config) {
        var data = Path.of(System.getProperty("karaf.data", "data"), "carbomt");
        var url = config.url();
        try {
            Files.createDirectories(data);
            if (url.isEmpty()) url = "jdbc:derby:" + data.resolve("derby") + ";create=true";
            if (System.getProperty("derby.stream.error.file") == null) System.setProperty("derby.stream.error.file", data.resolve("derby.log").toString());
            var password = config.passwordFile().isEmpty() ? "" : Files.readString(Path.of(config.passwordFile())).strip();
            store = RelationalStore.open(url, config.user(), password, config.poolSize());
        } catch (IOException e) {
            throw new CarboException.Unavailable(new Problem("store.files", "passwordFile", config.passwordFile(), "a readable file"), e);
        }
        Dictionary<String, Object> none = new Hashtable<>();
        clock = context.registerService(Clock.class, Clock.systemUTC(), none);
        LOG.info("store open: {}", RelationalStore.withoutSecrets(url));
    }

    @Override
    public Database open(String owner, ClassLoader loader, String changeLog) {
        return store.open(owner, loader, changeLog);
    }

    @Deactivate
    void close() {
        clock.unregister();
        store.close();
        LOG.info("store closed");
    }
}
