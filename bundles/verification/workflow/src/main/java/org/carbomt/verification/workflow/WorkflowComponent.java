package org.carbomt.verification.workflow;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.HexFormat;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.carbomt.api.emission.EmissionSources;
import org.carbomt.api.emission.Hours;
import org.carbomt.api.event.LiveEvents;
import org.carbomt.api.identity.Identity;
import org.carbomt.api.store.Database;
import org.carbomt.api.store.Store;
import org.carbomt.api.telemetry.Measured;
import org.carbomt.api.telemetry.Metric;
import org.carbomt.api.verification.Check;
import org.carbomt.api.verification.VerificationCase;
import org.carbomt.api.verification.Verifications;
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

/** Wires the workflow: offers Verifications, gathers checks from the whiteboard beside its own rules. */
@Component(service = {}, immediate = true, configurationPid = "org.carbomt.verification.workflow", configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = WorkflowComponent.Config.class)
public final class WorkflowComponent {
    @ObjectClassDefinition(name = "CARBO MT: verification")
    public @interface Config {
        @AttributeDefinition(description = "Ids of checks, separated by commas, whose absence is a finding of every case; empty: none")
        String expectedChecks() default "weka.expected-mass";
    }

    private final List<ServiceTracker<?, ?>> trackers = new ArrayList<>();
    private final List<ServiceRegistration<?>> services = new ArrayList<>();

    @Activate
    public WorkflowComponent(BundleContext context, Config config, @Reference Store store, @Reference Clock clock) {
        var database = store.open("org.carbomt.verification.workflow", WorkflowComponent.class.getClassLoader(), "db/verification_workflow.xml");
        var hours = tracker(context, Hours.class);
        var sources = tracker(context, EmissionSources.class);
        var identity = tracker(context, Identity.class);
        var checks = tracker(context, Check.class);
        var events = tracker(context, LiveEvents.class);
        var random = new SecureRandom();
        var workflow = new CaseWorkflow(database, new CaseWorkflow.Services(() -> Optional.ofNullable(hours.getService()), () -> Optional.ofNullable(sources.getService()), () -> Optional.ofNullable(identity.getService()),
                () -> Arrays.stream(checks.getServices(new Check[0])).sorted(Comparator.comparing(Check::id)).toList(), () -> Optional.ofNullable(events.getService())), expected(config.expectedChecks()), clock, () -> {
                    var bytes = new byte[10];
                    random.nextBytes(bytes);
                    return HexFormat.of().formatHex(bytes);
                });
        Dictionary<String, Object> none = new Hashtable<>();
        for (var check : RuleChecks.all(context.getBundle().getVersion().toString())) services.add(context.registerService(Check.class, check, none));
        services.add(context.registerService(Verifications.class, workflow, none));
        services.add(context.registerService(Measured.class, () -> figures(database), none));
    }

    private static List<Metric> figures(Database database) {
        var counts = database.read(CaseTables::byState);
        return Arrays.stream(VerificationCase.Status.values())
                .map(s -> Metric.gauge("carbomt_verification_cases", "Verification cases by their state.", counts.getOrDefault(s.name(), 0L), "state", s.name().toLowerCase(Locale.ROOT))).toList();
    }

    private static Set<String> expected(String ids) {
        return Arrays.stream(ids.split(",")).map(String::strip).filter(id -> !id.isEmpty()).collect(Collectors.toSet());
    }

    @Deactivate
    void stop() {
        services.forEach(ServiceRegistration::unregister);
        trackers.forEach(ServiceTracker::close);
    }

    private <T> ServiceTracker<T, T> tracker(BundleContext context, Class<T> type) {
        var tracker = new ServiceTracker<T, T>(context, type, null);
        tracker.open();
        trackers.add(tracker);
        return tracker;
    }
}
