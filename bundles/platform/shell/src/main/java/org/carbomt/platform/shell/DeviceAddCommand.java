package org.carbomt.platform.shell;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.carbomt.api.device.Device;
import org.carbomt.api.device.Devices;
import org.osgi.framework.BundleContext;

/** Adds a device. */
@Service
@Command(scope = "carbomt", name = "device-add", description = "Adds a device and prints its secret, this once")
public final class DeviceAddCommand implements Action {
    @Reference
    BundleContext context;

    @Argument(index = 0, name = "id", required = true, description = "lower-case letters, digits, hyphens")
    String id;

    @Argument(index = 1, name = "profile", required = true, description = "hardware profile, see carbomt:profiles")
    String profile;

    @Argument(index = 2, name = "site", required = true, description = "site it stands at")
    String site;

    @Override
    public Object execute() {
        var secret = Services.with(context, Devices.class, devices -> {
            if (devices.find(id).isPresent()) throw new IllegalArgumentException("device " + id + " is there already; carbomt:device-secret renews its secret");
            devices.put(new Device(id, site, profile, id, Map.of(), Set.of(), Optional.empty(), true));
            return devices.renewSecret(id);
        });
        System.out.println("Device " + id + " may send from now on. Its secret, shown this once: " + secret);
        return null;
    }
}
