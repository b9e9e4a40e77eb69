package org.carbomt.platform.shell;

import java.time.Instant;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.carbomt.api.emission.Hours;
import org.osgi.framework.BundleContext;

/** Recomputes hours. */
@Service
@Command(scope = "carbomt", name = "recompute", description = "Computes hours again with the rule book now in service; what differs becomes a new version")
public final class RecomputeCommand implements Action {
    @Reference
    BundleContext context;

    @Argument(index = 0, name = "source", required = true, description = "emission source")
    String source;

    @Argument(index = 1, name = "from", required = true, description = "first hour")
    String from;

    @Argument(index = 2, name = "to", required = true, description = "end, exclusive")
    String to;

    @Argument(index = 3, name = "reason", required = true, description = "why; recorded with each new version")
    String reason;

    @Override
    public Object execute() {
        var changed = Services.with(context, Hours.class, hours -> hours.recompute(source, Instant.parse(from), Instant.parse(to), reason, p -> {
            if (p.done() % 500 == 0) System.out.println(p.done() + " of " + p.of() + " hours");
        }));
        System.out.println(changed.size() + " hours have a new version.");
        return null;
    }
}
