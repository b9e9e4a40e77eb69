package org.carbomt.platform.shell;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.carbomt.api.intake.Quarantine;
import org.osgi.framework.BundleContext;

/** What is in quarantine. */
@Service
@Command(scope = "carbomt", name = "quarantine", description = "Lists what was kept because it could not be used")
public final class QuarantineCommand implements Action {
    @Reference
    BundleContext context;

    @Option(name = "--limit", description = "how many, newest first")
    int limit = 20;

    @Override
    public Object execute() {
        Services.with(context, Quarantine.class, quarantine -> {
            for (var e : quarantine.list(Optional.empty(), Optional.empty(), limit)) {
                System.out.printf("%s  %s  %-9s %-10s %-20s %s%n", e.id(), e.at(), e.status(), e.arrival().protocol(), e.arrival().deviceId(), e.problem().sentence());
            }
            return null;
        });
        return null;
    }
}
