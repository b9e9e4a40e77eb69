package org.carbomt.platform.shell;

import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.carbomt.api.backup.Backups;
import org.osgi.framework.BundleContext;

/** Writes a backup. */
@Service
@Command(scope = "carbomt", name = "backup", description = "Writes all that the container keeps into one archive, while it works; 'bin/carbomt restore' takes it back")
public final class BackupCommand implements Action {
    @Argument(name = "FILE", required = true, description = "A file that is not there yet; it will hold the keys too")
    String file;
    @Reference
    BundleContext context;

    @Override
    public Object execute() {
        var written = Services.with(context, Backups.class, backups -> backups.write(Path.of(file), line -> System.out.println("  " + line)));
        System.out.printf("%s: %d files, %.1f MB. It holds the keys of this installation: keep it as safe as them.%n", written.file(), written.files(), written.bytes() / 1e6);
        return null;
    }
}
