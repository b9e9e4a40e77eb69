package org.carbomt.platform.shell;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.carbomt.api.identity.Identity;
import org.osgi.framework.BundleContext;

/** Renews an access key. */
@Service
@Command(scope = "carbomt", name = "access-key", description = "Makes a new access key for a person, printed this once; the former ends")
public final class AccessKeyCommand implements Action {
    @Reference
    BundleContext context;

    @Argument(index = 0, name = "person", required = true, description = "person id")
    String person;

    @Override
    public Object execute() {
        String secret = Services.with(context, Identity.class, identity -> identity.renewAccessKey(person));
        System.out.println(secret);
        return null;
    }
}
