package org.carbomt.platform.shell;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.carbomt.api.journal.Journal;
import org.osgi.framework.BundleContext;

/** Checks the journal. */
@Service
@Command(scope = "carbomt", name = "journal-verify", description = "Recomputes the hash chain of the journal from its files")
public final class JournalVerifyCommand implements Action {
    @Reference
    BundleContext context;

    @Override
    public Object execute() {
        long bad = Services.with(context, Journal.class, Journal::verify);
        System.out.println(bad < 0 ? "The chain holds." : "The first entry that does not fit is " + bad + ".");
        return null;
    }
}
