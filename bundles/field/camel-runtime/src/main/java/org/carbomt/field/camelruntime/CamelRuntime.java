package org.carbomt.field.camelruntime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Component;
import org.carbomt.api.intake.Intake;
import org.carbomt.field.camelruntime.intake.IntakeComponent;
import org.carbomt.field.camelruntime.routes.RouteContext;
import org.carbomt.field.camelruntime.routes.RouteFolder;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one Camel context of the container: routes from a folder, components from services, and the way to the intake. */
@org.osgi.service.component.annotations.Component(service = CamelRuntime.class, immediate = true,
        configurationPid = "org.carbomt.field.camelruntime")
@Designate(ocd = CamelRuntime.Config.class)
public final class CamelRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(CamelRuntime.class);

    /** Settings. */
    @ObjectClassDefinition(name = "CARBO MT: Camel routes")
    public @interface Config {
        @AttributeDefinition(description = "Folder of the *.camel.yaml files; empty: camel-routes in the container's base folder")
        String directory() default "";

        @AttributeDefinition(description = "How often the folder is looked at, milliseconds; a changed file is taken when it has been the same twice")
        long pollMillis() default 500;

        @AttributeDefinition(description = "How long a stopping route may finish what it has in hand, milliseconds")
        long drainMillis() default 5000;
    }

    private final AtomicReference<Intake> intake = new AtomicReference<>();
    private final RouteContext routes;
    private final RouteFolder folder;

    @Activate
    public CamelRuntime(Config config, BundleContext bundle) {
        var base = bundle.getProperty("karaf.base");
        var directory = config.directory().isBlank() ? Path.of(base == null ? "." : base, "camel-routes") : Path.of(config.directory());
        routes = new RouteContext(CamelRuntime.class.getClassLoader(), Duration.ofMillis(config.drainMillis()));
        routes.addComponent(IntakeComponent.SCHEME, new IntakeComponent(intake::get));
        folder = new RouteFolder(directory, Duration.ofMillis(config.pollMillis()), routes);
        folder.start();
        LOG.info("Camel routes are read from {} every {} ms", directory.toAbsolutePath(), config.pollMillis());
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void setIntake(Intake service) {
        intake.set(service);
    }

    void unsetIntake(Intake service) {
        intake.compareAndSet(service, null);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY,
            target = "(scheme=*)")
    void addComponent(Component component, Map<String, Object> properties) {
        routes.addComponent(String.valueOf(properties.get("scheme")), component);
    }

    void removeComponent(Component component, Map<String, Object> properties) {
        routes.removeComponent(String.valueOf(properties.get("scheme")), component);
    }

    @Deactivate
    void close() {
        folder.close();
        routes.close();
        LOG.info("Camel routes are stopped");
    }
}
