package org.carbomt.verification.weka;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.verification.Check;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The check as a service, under the version of its bundle. It learns on one thread of its own, so that many cases opened at once take one core and not all,
 * and no caller waits beyond the limit; what could not be done in time throws, and the workflow blocks.
 */
@Component(service = Check.class, configurationPid = "org.carbomt.verification.weka", configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = WekaComponent.Config.class)
public final class WekaComponent implements Check {
    private static final Logger LOG = LoggerFactory.getLogger(WekaComponent.class);

    @ObjectClassDefinition(name = "CARBO MT: expected mass (Weka)")
    public @interface Config {
        @AttributeDefinition(description = "Share of ordinary hours that may lie outside of the band, percent")
        double falseAlarmPercent() default 1;

        @AttributeDefinition(description = "Narrowest half band of a regular hour, percent of the expected mass")
        double tolerancePercent() default 8;

        @AttributeDefinition(description = "Narrowest half band of starts, stops, partial hours and low loads, percent")
        double irregularTolerancePercent() default 25;

        @AttributeDefinition(description = "Verified running hours below which nothing is learned")
        int enoughHours() default 500;

        @AttributeDefinition(description = "Longest wait for a comparison, seconds")
        int limitSeconds() default 120;
    }

    private final ExpectedMassCheck check;
    private final int limitSeconds;
    private final ExecutorService learner = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "carbomt-weka");
        thread.setDaemon(true);
        // Weka looks for its classes with the thread's loader
        thread.setContextClassLoader(WekaComponent.class.getClassLoader());
        return thread;
    });

    @Activate
    public WekaComponent(BundleContext context, Config config) {
        QuietWeka.start(context.getDataFile("weka").toPath());
        var settings = new ExpectedMass.Settings(config.falseAlarmPercent() / 100, config.tolerancePercent() / 100, config.irregularTolerancePercent() / 100, config.enoughHours());
        var regression = new Forest();
        check = new ExpectedMassCheck(regression, settings, context.getBundle().getVersion().toString());
        limitSeconds = config.limitSeconds();
        LOG.info("expected mass: {}, {}", regression.name(), settings);
    }

    @Deactivate
    void stop() {
        learner.shutdownNow();
        LOG.info("expected mass stopped");
    }

    @Override
    public String id() {
        return check.id();
    }

    @Override
    public String version() {
        return check.version();
    }

    @Override
    public int contextHours() {
        return check.contextHours();
    }

    @Override
    public List<Note> check(EmissionSource source, List<HourlyRecord> hours, int history) {
        return check(source, hours, history, Set.of());
    }

    @Override
    public List<Note> check(EmissionSource source, List<HourlyRecord> hours, int history, Set<String> verified) {
        var answer = learner.submit(() -> check.check(source, hours, history, verified));
        try {
            return answer.get(limitSeconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new CarboException.Unavailable(new Problem("model.too-slow", "seconds", Integer.toString(limitSeconds), "a comparison within that time; open the case again when the container has less to do"), e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new CarboException.Unavailable(new Problem("model.interrupted", "source", source.id(), "a comparison that is not interrupted"), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            if (e.getCause() instanceof Error error) throw error;
            throw new IllegalStateException(e.getCause());
        }
    }
}
