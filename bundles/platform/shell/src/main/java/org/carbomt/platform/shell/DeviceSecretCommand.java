package org.carbomt.platform.shell;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.carbomt.api.device.Devices;
import org.osgi.framework.BundleContext;

/** Renews a device secret. */
@Service
@Command(scope = "carbomt", name = "device-secret", description = "Makes a new secret for a device; the former ends at once")
public final class DeviceSecretCommand implements Action {
    @Reference
    BundleContext context;

    @Argument(index = 0, name = "id", required = true, description = "device")
    String id;

    @Override
    public Object execute() {
        String secret = Services.with(context, Devices.class, devices -> devices.renewSecret(id));
        System.out.println(secret);
        return null;
    }
}
