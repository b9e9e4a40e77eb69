package org.carbomt.platform.shell;

import java.time.Instant;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.carbomt.api.emission.Hours;
import org.osgi.framework.BundleContext;

/** Hourly records. */
@Service
@Command(scope = "carbomt", name = "hours", description = "Shows the hourly records of a source")
public final class HoursCommand implements Action {
    @Reference
    BundleContext context;

    @Argument(index = 0, name = "source", required = true, description = "emission source")
    String source;

    @Argument(index = 1, name = "from", required = true, description = "first hour, e.g. 2020-03-01T00:00:00Z")
    String from;

    @Argument(index = 2, name = "to", required = true, description = "end, exclusive")
    String to;

    @Override
    public Object execute() {
        Services.with(context, Hours.class, hours -> {
            for (var h : hours.find(source, Instant.parse(from), Instant.parse(to), Optional.empty())) {
                System.out.printf("%s v%d %-11s %12s short tons  %-8s %s %s%n", h.hourStart(), h.version(), h.status(), h.massShortTons().map(Object::toString).orElse("—"), h.ruleBook(), h.clause(), h.reason());
            }
            return null;
        });
        return null;
    }
}
