package org.carbomt.platform.shell;

import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.carbomt.api.credit.Credits;
import org.carbomt.api.device.Devices;
import org.carbomt.api.emission.Hours;
import org.carbomt.api.intake.Intake;
import org.carbomt.api.journal.Journal;
import org.carbomt.api.ledger.EffectState;
import org.carbomt.api.ledger.Ledger;
import org.carbomt.api.market.Sales;
import org.carbomt.api.proof.HourBatches;
import org.carbomt.api.verification.Verifications;
import org.osgi.framework.BundleContext;

/** What runs and how far the data has come. */
@Service
@Command(scope = "carbomt", name = "status", description = "What runs, what is absent, and how far the data has come")
public final class StatusCommand implements Action {
    @Reference
    BundleContext context;

    @Override
    public Object execute() {
        for (var part : List.of(Intake.class, Journal.class, Devices.class, Hours.class, Verifications.class, HourBatches.class, Ledger.class, Credits.class, Sales.class)) {
            System.out.printf("%-14s %s%n", part.getSimpleName(), Services.present(context, part) ? "present" : "ABSENT");
        }
        if (Services.present(context, Journal.class)) System.out.println("journal        " + Services.with(context, Journal.class, Journal::nextSequence) + " entries durable");
        if (Services.present(context, Hours.class)) System.out.println("hours          computed through entry " + Services.with(context, Hours.class, Hours::computedThrough));
        if (Services.present(context, Ledger.class)) {
            var network = Services.with(context, Ledger.class, Ledger::network);
            System.out.println("chain          id " + network.chainId() + ", validator " + network.validator());
            int open = Services.with(context, Ledger.class, l -> l.effects(Optional.of(EffectState.Status.REQUESTED), 1000).size() + l.effects(Optional.of(EffectState.Status.SENT), 1000).size());
            System.out.println("outbox         " + open + " effects on their way");
        }
        return null;
    }
}
