package org.carbomt.platform.shell;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.carbomt.api.identity.Identity;
import org.osgi.framework.BundleContext;

/** The people. */
@Service
@Command(scope = "carbomt", name = "people", description = "Lists the people and programs that may call the API")
public final class PeopleCommand implements Action {
    @Reference
    BundleContext context;

    @Override
    public Object execute() {
        Services.with(context, Identity.class, identity -> {
            for (var p : identity.all()) System.out.printf("%-20s %-24s %-20s %s%n", p.id(), p.name(), p.organisation(), p.roles());
            return null;
        });
        return null;
    }
}
