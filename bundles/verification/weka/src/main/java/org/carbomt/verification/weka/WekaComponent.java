package org.carbomt.verification.weka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.verification.Check;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The check as a service, under the version of its bundle. Weka finds its classes by the thread's loader. */
@Component(service = Check.class)
public final class WekaComponent implements Check {
    private final ExpectedMassCheck check;

    @Activate
    public WekaComponent(BundleContext context) {
        offline(context.getDataFile("weka").toPath());
        check = new ExpectedMassCheck(new Forest(), Forest.NAME, context.getBundle().getVersion().toString());
    }

    /** Weka's package manager wakes up with its first class; it shall write nothing into the user's home and ask nobody. */
    private static void offline(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("folder for Weka " + folder + " cannot be made", e);
        }
        System.setProperty("WEKA_HOME", folder.toString());
        System.setProperty("weka.packageManager.offline", "true");
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
    public List<Note> check(EmissionSource source, List<HourlyRecord> hours, int history) {
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        thread.setContextClassLoader(WekaComponent.class.getClassLoader());
        try {
            return check.check(source, hours, history);
        } finally {
            thread.setContextClassLoader(loader);
        }
    }
}
