package org.carbomt.platform.shell;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.carbomt.api.ledger.Ledger;
import org.osgi.framework.BundleContext;

/** The outbox. */
@Service
@Command(scope = "carbomt", name = "effects", description = "Lists effects on the chain: requested, sent, done, refused")
public final class EffectsCommand implements Action {
    @Reference
    BundleContext context;

    @Option(name = "--limit", description = "how many, newest first")
    int limit = 20;

    @Override
    public Object execute() {
        Services.with(context, Ledger.class, ledger -> {
            for (var e : ledger.effects(Optional.empty(), limit)) {
                System.out.printf("%-10s %-9s %s %s %s%n", e.kind(), e.status(), e.businessKey(), e.transaction().orElse("—"), e.reason());
            }
            return null;
        });
        return null;
    }
}
