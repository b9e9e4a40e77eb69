package org.carbomt.platform.shell;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.carbomt.api.device.Device;
import org.carbomt.api.device.Devices;
import org.osgi.framework.BundleContext;

/** The devices. */
@Service
@Command(scope = "carbomt", name = "devices", description = "Lists the devices and when each was last heard")
public final class DevicesCommand implements Action {
    @Reference
    BundleContext context;

    @Override
    public Object execute() {
        var table = new ShellTable();
        table.column("id");
        table.column("site");
        table.column("profile");
        table.column("last heard");
        table.column("by");
        table.column("enabled");
        Services.with(context, Devices.class, devices -> {
            for (Device d : devices.all()) {
                var seen = devices.lastSeen(d.id());
                table.addRow().addContent(d.id(), d.siteId(), d.profileId(), seen.map(s -> s.receivedAt().toString()).orElse("never"), seen.map(Devices.LastSeen::protocol).orElse("—"), d.enabled());
            }
            return null;
        });
        table.print(System.out);
        return null;
    }
}
