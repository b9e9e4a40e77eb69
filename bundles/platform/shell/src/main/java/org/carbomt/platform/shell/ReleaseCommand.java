package org.carbomt.platform.shell;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.carbomt.api.intake.Quarantine;
import org.osgi.framework.BundleContext;

/** Releases from quarantine. */
@Service
@Command(scope = "carbomt", name = "release", description = "Sends a quarantined message through the intake again")
public final class ReleaseCommand implements Action {
    @Reference
    BundleContext context;

    @Argument(index = 0, name = "id", required = true, description = "quarantine id")
    String id;

    @Override
    public Object execute() {
        System.out.println(String.valueOf(Services.<Quarantine, Object>with(context, Quarantine.class, quarantine -> quarantine.release(id, "shell"))));
        return null;
    }
}
