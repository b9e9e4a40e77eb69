package org.carbomt.platform.shell;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.carbomt.api.device.Profile;
import org.carbomt.api.device.Profiles;
import org.osgi.framework.BundleContext;

/** The hardware profiles. */
@Service
@Command(scope = "carbomt", name = "profiles", description = "Lists the hardware profiles, and files that could not be loaded")
public final class ProfilesCommand implements Action {
    @Reference
    BundleContext context;

    @Override
    public Object execute() {
        Services.with(context, Profiles.class, profiles -> {
            for (Profile p : profiles.all()) System.out.printf("%-24s %-10s %s%n", p.id(), p.version(), p.title());
            profiles.rejected().forEach((file, problem) -> System.out.println("REJECTED " + file + ": " + problem.sentence()));
            return null;
        });
        return null;
    }
}
