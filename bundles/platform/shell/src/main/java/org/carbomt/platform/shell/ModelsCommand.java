package org.carbomt.platform.shell;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.carbomt.api.model.Models;
import org.osgi.framework.BundleContext;

/** The trained models. */
@Service
@Command(scope = "carbomt", name = "models", description = "Lists the trained models: which serve, which were refused, and why")
public final class ModelsCommand implements Action {
    @Reference
    BundleContext context;

    @Override
    public Object execute() {
        Services.with(context, Models.class, models -> {
            for (var e : models.all()) System.out.printf("%-32s %-20s %-10s %s%n", e.card().id(), e.card().kind(), e.state(), e.reason());
            return null;
        });
        return null;
    }
}
